/**
 * Several tasks at once: gathering, waiting, shielding, time limits, groups and races.
 *
 * <p>Application authors start here, mostly through {@link org.asyncio4j.Asyncio}. Everything must
 * be called on the loop's thread; nothing is {@code null} unless marked.
 *
 * <p>Methods that wait suspend only the current task. Limits and groups take their block of code as
 * a lambda, not as a {@code try}-with-resources statement, because such a block ends with a
 * cancellation, which must become another exception when it leaves the block, and the {@code close}
 * of a resource can only add to an exception, not replace it.
 */
@NullMarked
package org.asyncio4j.tasks;

import org.jspecify.annotations.NullMarked;
