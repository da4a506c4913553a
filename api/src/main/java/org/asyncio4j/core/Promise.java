package org.asyncio4j.core;

import org.jspecify.annotations.Nullable;

/**
 * A future that other code completes: the write side of {@code asyncio.Future}, from {@link
 * EventLoop#createFuture()}.
 *
 * <p>Completion only schedules the callbacks and the waiting tasks; none of them runs before the
 * caller returns to the loop. Other threads complete a promise with {@code
 * loop.callSoonThreadsafe(() -> promise.setResult(value))}.
 *
 * @param <T> the type of the value
 */
public interface Promise<T extends @Nullable Object> extends Future<T> {

  /**
   * Finishes this future with a value.
   *
   * @param value the value
   * @throws InvalidStateException if this future is done already
   * @throws IllegalStateException if the loop is closed and callbacks or tasks wait for this
   *     future: the future is done, but they never run
   */
  void setResult(T value);

  /**
   * Fails this future. If the exception is never retrieved, it is reported to the loop's exception
   * handler.
   *
   * @param exception the exception that {@link #result()} and {@link #await()} will throw
   * @throws InvalidStateException if this future is done already
   * @throws IllegalStateException if the loop is closed and callbacks or tasks wait for this
   *     future: the future is done, but they never run
   */
  void setException(Throwable exception);

  /**
   * Finishes this future with a value unless it is done. Use this method if other code may complete
   * or cancel it first. Callable wherever {@link #setResult} is.
   *
   * @param value the value
   * @return whether this call has completed the future; otherwise nothing has changed
   * @throws IllegalStateException if the loop is closed and callbacks or tasks wait for this
   *     future: the future is done, but they never run
   * @implSpec calls {@link #setResult} if this future is not done
   */
  default boolean trySetResult(T value) {
    if (isDone()) {
      return false;
    }
    setResult(value);
    return true;
  }

  /**
   * Fails this future unless it is done. Callable wherever {@link #setException} is.
   *
   * @param exception the exception that {@link #result()} and {@link #await()} will throw
   * @return whether this call has completed the future; otherwise nothing has changed
   * @throws IllegalStateException if the loop is closed and callbacks or tasks wait for this
   *     future: the future is done, but they never run
   * @implSpec calls {@link #setException} if this future is not done
   */
  default boolean trySetException(Throwable exception) {
    if (isDone()) {
      return false;
    }
    setException(exception);
    return true;
  }
}
