/**
 * Synchronization between tasks of one loop: locks, events, conditions, semaphores, barriers and
 * queues.
 *
 * <p>Application authors start here. The classes have the names of asyncio's classes with the
 * prefix {@code Async}, which avoids clashes with {@code java.util.concurrent}. Nothing is {@code
 * null} unless marked.
 *
 * <p>The thread rule: nothing here is thread-safe. Each object belongs to the loop of the first
 * task that has to wait for it, and only tasks of that loop may wait for it; others get {@link
 * java.lang.IllegalStateException}. Methods that never wait may also be called by callbacks of the
 * loop, and by any one thread while the loop is not running. While it is running, every method that
 * changes the object or waits throws {@link java.lang.WrongThreadException} on other threads and
 * changes nothing; use {@code callSoonThreadsafe} there. Query methods ({@code size}, {@code
 * isLocked}, {@code toString}) may be called from any thread, where they may return an older state.
 * As long as no task had to wait, an object has no loop and nothing is checked: until then the
 * program must pass it safely between threads.
 *
 * <p>Cancelling a waiting task loses nothing: a permit, item or signal that it was about to get
 * goes to the next in line.
 */
@NullMarked
package org.asyncio4j.sync;

import org.jspecify.annotations.NullMarked;
