/**
 * The base for implementing an event loop: a provider by which the loop is found, a skeletal loop
 * with private hooks to implement, the built-in future and task, and the lifetime hooks for custom
 * tasks.
 *
 * <p>For authors of event loops. Unless a method says otherwise, it is called on the loop's thread
 * or while the loop does not run. Nothing is {@code null} unless marked; a {@code null} argument
 * causes a {@link NullPointerException} that names the parameter.
 *
 * <p>Start with {@link org.asyncio4j.spi.EventLoopProvider}, {@link
 * org.asyncio4j.spi.BaseEventLoop} and {@link org.asyncio4j.spi.TaskLifetime}. The contract is
 * SPEC.md; this package is involved in all of its chapters.
 */
@NullMarked
package org.asyncio4j.spi;

import org.jspecify.annotations.NullMarked;
