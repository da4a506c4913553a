package org.asyncio4j.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A result that is not there yet: the read side of {@code asyncio.Future}.
 *
 * <p>A future is pending, then finished with a value, failed with an exception, or cancelled, and
 * never changes again. It belongs to one {@linkplain #loop() loop} and is not thread-safe: see the
 * package's thread rule. The write side is {@link Promise}; a {@link Task} is a future that
 * computes its own result.
 *
 * <p>Applications get futures from {@link EventLoop#createFuture()} and {@link
 * EventLoop#createTask}. The interface is open: loop authors may bring their own.
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
   * Returns the value at once, without waiting. A failed future throws its exception as it is,
   * checked or not, and no longer counts as one whose exception nobody retrieved.
   *
   * @return the value
   * @throws CancelledError if this future was cancelled, with the message that was given to {@code
   *     cancel}
   * @throws InvalidStateException if this future is still pending
   */
  T result();

  /**
   * Returns what this future failed with, without waiting, and marks it as retrieved.
   *
   * @return the exception; empty if this future has a value
   * @throws CancelledError if this future was cancelled
   * @throws InvalidStateException if this future is still pending
   */
  Optional<Throwable> exception();

  /**
   * Cancels this future. A pending future is cancelled at once and its callbacks are scheduled; a
   * {@link Task} only takes note and is cancelled when its body ends with the {@link
   * CancelledError} that it will see. If the loop is closed, the callbacks never run; that is no
   * error, because clean-up may come after the end of the loop.
   *
   * @return {@code false} if this future was done already, and nothing happened
   */
  default boolean cancel() {
    return cancel(null);
  }

  /**
   * Cancels this future as {@link #cancel()} does, with a message for those who wait.
   *
   * @param message the message of the {@link CancelledError} that they will see, or {@code null}
   *     for none
   * @return {@code false} if this future was done already, and nothing happened
   */
  boolean cancel(@Nullable String message);

  /**
   * Has a callback called when this future is done, or soon if it is done already; never from
   * within this call. It runs on the loop's thread, as a callback of its own and in order of
   * registration, in a copy of the caller's context. An exception of the callback goes to the
   * loop's exception handler.
   *
   * @param callback receives this future
   * @throws IllegalStateException if this future is done and its loop is closed, so that the
   *     callback could never run
   */
  default void addDoneCallback(Consumer<? super Future<T>> callback) {
    addDoneCallback(callback, Context.copyCurrent());
  }

  /**
   * Has a callback called when this future is done, as {@link #addDoneCallback(Consumer)} does, in
   * a given context.
   *
   * @param callback receives this future
   * @param context the context that the callback runs in, used as it is
   * @throws IllegalStateException if this future is done and its loop is closed, so that the
   *     callback could never run
   */
  void addDoneCallback(Consumer<? super Future<T>> callback, Context context);

  /**
   * Removes every registration of a callback. Callbacks that are already scheduled, because this
   * future is done, are not removed.
   *
   * @param callback the callback, compared with {@code equals}, which is called for each callback
   *     that is another object; if it throws, nothing is removed
   * @return how many registrations were removed
   */
  int removeDoneCallback(Consumer<? super Future<T>> callback);

  /**
   * Returns who waits for this future, as far as that is known: the tasks that await it, and the
   * futures and tasks that added an {@link AwaitingCallback}. It is what call graphs are made of
   * (asyncio, 3.14). A future of a third party that hands its callbacks to another one hands this
   * question on, too.
   *
   * @return the waiting tasks and futures, in the order in which they began to wait; none if this
   *     future is done
   */
  default List<Future<?>> awaitedBy() {
    return List.of();
  }

  /**
   * Suspends the current task until this future is done, then returns its value; the loop goes on
   * meanwhile. A future that is done already answers at once, without yielding, wherever the call
   * comes from.
   *
   * <p>Cancelling the waiting task cancels this future too, and this call then throws {@link
   * CancelledError}.
   *
   * <p>What this future failed with is thrown as it is, checked exceptions included, although the
   * compiler does not see it; use {@link #awaitThrowing} to declare what you want to catch.
   *
   * @return the value
   * @throws CancelledError if this future or the current task is cancelled
   * @throws IllegalStateException if this future is pending and no task runs here, if it is the
   *     task that waits, or if it belongs to another loop
   */
  T await();

  /**
   * Waits as {@link #await()} does and tells the compiler of an exception that this future may fail
   * with, so that the caller can catch it.
   *
   * @param declared the class of the exception; what else this future fails with is thrown all the
   *     same
   * @param <X> the type of the exception
   * @return the value
   * @throws X if this future failed with it
   */
  @SuppressWarnings("unused") // the class is a witness for the compiler
  default <X extends Exception> T awaitThrowing(Class<X> declared) throws X {
    return await();
  }
}
