/**
 * What the author of an event loop builds on: a provider to be found by, a skeleton with private
 * hooks to fill in, the built-in future and task, and the hooks of a task's life for those who
 * bring their own.
 *
 * <p>Loop authors enter here. Unless a method says otherwise it is called on the loop's thread, or
 * while the loop does not run. Nothing is {@code null} unless marked; a {@code null} argument is
 * refused with a {@link NullPointerException} that names the parameter.
 *
 * <p>Start with {@link org.asyncio4j.spi.EventLoopProvider}, {@link
 * org.asyncio4j.spi.BaseEventLoop} and {@link org.asyncio4j.spi.TaskLifetime}. The contract is
 * SPEC.md; this package serves all of its chapters.
 */
@NullMarked
package org.asyncio4j.spi;

import org.jspecify.annotations.NullMarked;
