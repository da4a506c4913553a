/**
 * The core types of asyncio: futures, tasks, handles, contexts and the event loop.
 *
 * <p>Application and loop authors start here. Unless a method says otherwise, it may be called only
 * on the loop's thread, that is, from a task or a callback of the loop, or from any one thread
 * while the loop is not running. Arguments and results are never {@code null} unless marked as
 * nullable; a {@code null} argument causes a {@link java.lang.NullPointerException} that names the
 * parameter.
 *
 * <p>Start with {@link org.asyncio4j.core.EventLoop}, {@link org.asyncio4j.core.Future} and {@link
 * org.asyncio4j.core.Task}. Serves the chapters <i>scheduling</i>, <i>futures</i>, <i>tasks</i> of
 * the loop authors' specification.
 */
@NullMarked
package org.asyncio4j.core;

import org.jspecify.annotations.NullMarked;
