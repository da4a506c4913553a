/**
 * Virtual threads that a loop owns, and the two engines that switch between them. Not for use
 * outside the module.
 *
 * <p>The carrier engine runs the continuations of its fibers on the loop's platform thread; the
 * hand-off engine passes a baton between virtual threads of the JDK's scheduler. Nothing is {@code
 * null} unless marked.
 */
@NullMarked
package org.asyncio4j.spi.internal.fiber;

import org.jspecify.annotations.NullMarked;
