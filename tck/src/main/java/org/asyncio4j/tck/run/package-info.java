/**
 * Runs rules: one at a time, each in a thread of its own with a limit, with a verdict for every
 * outcome. Knows nothing of JUnit.
 */
@NullMarked
package org.asyncio4j.tck.run;

import org.jspecify.annotations.NullMarked;
