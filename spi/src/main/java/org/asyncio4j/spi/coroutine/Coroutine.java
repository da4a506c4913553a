package org.asyncio4j.spi.coroutine;

import java.util.List;
import org.asyncio4j.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * A body of code that runs from one point of suspension to the next: what a task drives.
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
   * @return why it gave control back
   * @throws IllegalStateException if the body has ended, or runs at this moment
   * @throws WrongThreadException if the caller is not on the loop's thread
   */
  Suspension send();

  /**
   * Runs the body until its next suspension, raising an exception where it waits. A body that was
   * not started never runs: it ends with the exception.
   *
   * @param exception what to raise
   * @return why the body gave control back
   * @throws IllegalStateException if the body has ended, or runs at this moment
   * @throws WrongThreadException if the caller is not on the loop's thread
   */
  Suspension throwInto(Throwable exception);

  /** {@return what the body waits for} Meaningful after {@link Suspension#AWAITING}. */
  @Nullable Future<?> awaited();

  /** {@return what the body returned} Meaningful after {@link Suspension#RETURNED}. */
  T value();

  /** {@return what the body threw} Meaningful after {@link Suspension#RAISED}. */
  @Nullable Throwable failure();

  /**
   * Interrupts a body that is parked in a blocking call of the JDK; see {@link #clearInterrupt()}.
   * A task calls it in a callback, because an interrupt takes locks and closes channels.
   */
  void interrupt();

  /**
   * Has the effect of an {@link #interrupt()} that nobody noticed wiped out before the body goes
   * on.
   */
  void clearInterrupt();

  /**
   * {@return the stack of the suspended body, innermost frame first; empty before it starts and
   * after it ends}
   */
  List<StackTraceElement> stack();
}
