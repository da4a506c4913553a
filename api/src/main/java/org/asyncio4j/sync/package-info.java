/**
 * What tasks of one loop use to wait for each other: locks, events, conditions, semaphores,
 * barriers and queues.
 *
 * <p>Application authors enter here. The classes carry the names of asyncio's with {@code Async} in
 * front, so that nobody has to write qualified names beside {@code java.util.concurrent}. Nothing
 * is {@code null} unless marked.
 *
 * <p>The thread rule: nothing here is thread-safe. Each object belongs to the loop of the first
 * task that has to wait for it, and waiting is for tasks of that loop alone; others get {@link
 * java.lang.IllegalStateException}. Methods that never wait may be called by callbacks of the loop,
 * too, and by any one thread while the loop is not running. While it runs, every method that
 * changes or waits refuses other threads with {@link java.lang.WrongThreadException} and changes
 * nothing; {@code callSoonThreadsafe} is the way in. Methods that only look ({@code size}, {@code
 * isLocked}, {@code toString}) may be called from any thread, and may see an older state there. As
 * long as no task had to wait, an object has no loop and nothing is checked: passing it from one
 * thread to another safely is up to the program then.
 *
 * <p>Cancelling a task that waits loses nothing: a permit, item or signal that it was about to get
 * goes to the next in line.
 */
@NullMarked
package org.asyncio4j.sync;

import org.jspecify.annotations.NullMarked;
