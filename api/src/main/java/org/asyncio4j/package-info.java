/**
 * The front door: run a program on an event loop, make tasks, sleep, leave the loop and come back.
 *
 * <p>Application authors start here, with {@link org.asyncio4j.Asyncio}. Methods that suspend may
 * be called only in a task; the others say on which threads they may be called. Nothing is {@code
 * null} unless marked.
 */
@NullMarked
package org.asyncio4j;

import org.jspecify.annotations.NullMarked;
