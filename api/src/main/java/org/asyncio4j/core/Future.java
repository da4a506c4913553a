package org.asyncio4j.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation that may not have completed yet: the read side of {@code
 * asyncio.Future}.
 *
 * <p>A future is pending until it finishes with a value, fails with an exception, or is cancelled;
 * then it never changes again. It belongs to one {@linkplain #loop() loop} and is not thread-safe;
 * see the package's thread rule. The write side is {@link Promise}; a {@link Task} is a future that
 * computes its own result.
 *
 * <p>Applications get futures from {@link EventLoop#createFuture()} and {@link
 * EventLoop#createTask}. The interface is open: loop authors may provide their own implementations.
 *
 * @param <T> the type of the value
 */
public interface Future<T extends @Nullable Object> {

  /** {@return the loop that this future belongs to} Callable from any thread. */
  EventLoop loop();

  /**
   * {@return whether this future has a value, has failed or was cancelled} Callable from any
   * thread.
   */
  boolean isDone();

  /** {@return whether this future was cancelled} Callable from any thread. */
  boolean isCancelled();

  /**
   * Returns the value without waiting. A failed future throws its exception unchanged, checked or
   * not, and the exception then counts as retrieved.
   *
   * @return the value
   * @throws CancelledError if this future was cancelled, with the message that was given to {@code
   *     cancel}
   * @throws InvalidStateException if this future is still pending
   */
  T result();

  /**
   * Returns the exception that this future failed with, without waiting, and marks it as retrieved.
   *
   * @return the exception; empty if this future has a value
   * @throws CancelledError if this future was cancelled
   * @throws InvalidStateException if this future is still pending
   */
  Optional<Throwable> exception();

  /**
   * Cancels this future. A pending future is cancelled at once and its callbacks are scheduled; a
   * {@link Task} only records the request and is cancelled when its body ends with the {@link
   * CancelledError} that it will receive. If the loop is closed, the callbacks never run; that is
   * not an error, because clean-up may happen after the loop has ended.
   *
   * @return {@code false} if this future was done already, and nothing happened
   */
  default boolean cancel() {
    return cancel(null);
  }

  /**
   * Cancels this future as {@link #cancel()} does, with a message for the waiting tasks.
   *
   * @param message the message of the {@link CancelledError} that they receive, or {@code null} for
   *     none
   * @return {@code false} if this future was done already, and nothing happened
   */
  boolean cancel(@Nullable String message);

  /**
   * Adds a callback to run once this future is done. If it is already done, the callback is
   * scheduled at once, but never runs within this call. Callbacks run on the loop's thread, each on
   * its own and in order of registration, in a copy of the caller's context. If a callback throws
   * an exception, it is passed to the loop's exception handler.
   *
   * @param callback receives this future
   * @throws IllegalStateException if this future is done and its loop is closed, so that the
   *     callback would never run
   */
  default void addDoneCallback(Consumer<? super Future<T>> callback) {
    addDoneCallback(callback, Context.copyCurrent());
  }

  /**
   * Adds a callback to run once this future is done, as {@link #addDoneCallback(Consumer)} does, in
   * a given context.
   *
   * @param callback receives this future
   * @param context the context that the callback runs in; it is not copied
   * @throws IllegalStateException if this future is done and its loop is closed, so that the
   *     callback would never run
   */
  void addDoneCallback(Consumer<? super Future<T>> callback, Context context);

  /**
   * Removes every registration of a callback. Callbacks that are already scheduled, because this
   * future is done, are not removed.
   *
   * @param callback the callback; it is compared with {@code equals}, which is called for each
   *     callback that is another object. If {@code equals} throws, nothing is removed
   * @return the number of registrations that were removed
   */
  int removeDoneCallback(Consumer<? super Future<T>> callback);

  /**
   * Returns the known waiters of this future: the tasks that await it, and the futures and tasks
   * that added an {@link AwaitingCallback}. Call graphs are built from this (asyncio, 3.14). A
   * third-party future that delegates its callbacks to another future must delegate this method,
   * too.
   *
   * @return the waiting tasks and futures, in the order in which they began to wait; none if this
   *     future is done
   */
  default List<Future<?>> awaitedBy() {
    return List.of();
  }

  /**
   * Suspends the current task until this future is done, then returns its value; meanwhile the loop
   * continues. If this future is already done, the call returns at once without yielding, and need
   * not come from a task.
   *
   * <p>Cancelling the waiting task also cancels this future, and this call then throws {@link
   * CancelledError}.
   *
   * <p>If this future failed, its exception is thrown unchanged, even if it is a checked exception,
   * which the compiler does not see; use {@link #awaitThrowing} to declare an exception that you
   * want to catch.
   *
   * @return the value
   * @throws CancelledError if this future or the current task is cancelled
   * @throws IllegalStateException if this future is pending and the caller is not a task, if it is
   *     the task that waits, or if it belongs to another loop
   */
  T await();

  /**
   * Waits as {@link #await()} does, and declares an exception that this future may fail with, so
   * that the caller can catch it.
   *
   * @param declared the class of the exception; other exceptions are thrown as well
   * @param <X> the type of the exception
   * @return the value
   * @throws X if this future failed with it
   */
  @SuppressWarnings("unused") // only the compiler needs the class
  default <X extends Exception> T awaitThrowing(Class<X> declared) throws X {
    return await();
  }
}
