/**
 * Runs rules: one at a time, each in its own thread with a limit, with a verdict for every outcome.
 * This package does not depend on JUnit.
 */
@NullMarked
package org.asyncio4j.tck.run;

import org.jspecify.annotations.NullMarked;
