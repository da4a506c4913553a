/**
 * Several tasks at once: gathering, waiting, shielding, time limits, groups and races.
 *
 * <p>Application authors enter here, mostly through the front door {@link org.asyncio4j.Asyncio}.
 * Everything is called on the loop's thread; nothing is {@code null} unless marked.
 *
 * <p>Whatever waits here suspends the current task only. What limits or groups a block of code
 * takes the block as a lambda, not as a {@code try}-with-resources: such a block ends by a
 * cancellation, which has to become another exception when it leaves the block, and the {@code
 * close} of a resource can only add to an exception, not replace it.
 */
@NullMarked
package org.asyncio4j.tasks;

import org.jspecify.annotations.NullMarked;
