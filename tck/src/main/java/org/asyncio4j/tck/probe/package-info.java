/**
 * What rules look at a loop with: a {@link org.asyncio4j.tck.probe.LoopFixture} that opens loops
 * and cleans up, expectations whose messages say what broke, a clock that stands still.
 */
@NullMarked
package org.asyncio4j.tck.probe;

import org.jspecify.annotations.NullMarked;
