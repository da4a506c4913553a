package org.asyncio4j.spi.coroutine;

import java.util.List;
import org.asyncio4j.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The code that a task runs, from one suspension point to the next.
 *
 * <p>A step of a task is: {@code enterTask}, then {@link #send} or {@link #throwInto}, then {@code
 * leaveTask}. The loop's own coroutines come from {@code BaseEventLoop.newCoroutine}; the interface
 * is open for other kinds.
 *
 * @param <T> the type of the body's result
 */
public interface Coroutine<T extends @Nullable Object> {

  /**
   * Runs the body until its next suspension; the first call starts it.
   *
   * @return the reason for the suspension
   * @throws IllegalStateException if the body has ended or is running
   * @throws WrongThreadException if the caller is not on the loop's thread
   */
  Suspension send();

  /**
   * Throws an exception in the body, where it waits, and runs the body until its next suspension. A
   * body that was not started never runs: it ends with the exception.
   *
   * @param exception the exception to throw
   * @return the reason for the suspension
   * @throws IllegalStateException if the body has ended or is running
   * @throws WrongThreadException if the caller is not on the loop's thread
   */
  Suspension throwInto(Throwable exception);

  /** {@return the future that the body waits for} Meaningful after {@link Suspension#AWAITING}. */
  @Nullable Future<?> awaited();

  /** {@return the value that the body returned} Meaningful after {@link Suspension#RETURNED}. */
  T value();

  /** {@return the exception that the body threw} Meaningful after {@link Suspension#RAISED}. */
  @Nullable Throwable failure();

  /**
   * Interrupts a body that is parked in a blocking call of the JDK; see {@link #clearInterrupt()}.
   * A task calls this method in a callback, because an interrupt takes locks and closes channels.
   */
  void interrupt();

  /**
   * Requests that an {@link #interrupt()} that the body has not noticed be cleared before the body
   * continues.
   */
  void clearInterrupt();

  /**
   * {@return the stack of the suspended body, innermost frame first; empty before it starts and
   * after it ends}
   */
  List<StackTraceElement> stack();
}
