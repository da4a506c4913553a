/**
 * What rules use to test a loop: a {@link org.asyncio4j.tck.probe.LoopFixture} that opens loops and
 * cleans up, expectations whose messages say what broke, and a clock that is advanced by hand.
 */
@NullMarked
package org.asyncio4j.tck.probe;

import org.jspecify.annotations.NullMarked;
