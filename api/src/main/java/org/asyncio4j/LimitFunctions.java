package org.asyncio4j;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingCallable;
import org.asyncio4j.core.ThrowingFunction;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tasks.Timeout;
import org.jspecify.annotations.Nullable;

/** The part of {@link Asyncio} that limits time. */
abstract sealed class LimitFunctions extends GraphFunctions permits WaitingFunctions {

  LimitFunctions() {}

  /**
   * Runs a block in the current task and cancels it where it waits when its time is up. A blocking
   * call of the JDK is interrupted. See {@link Timeout} for the calls that this ends, for the
   * hand-off engine, and for what the block may make of its cancellation.
   *
   * <pre>{@code
   * String page = Asyncio.timeout(Duration.ofSeconds(5), () -> fetch(url));
   * }</pre>
   *
   * @param limit how long the block may take; zero or less ends it where it first waits; for ever,
   *     as {@link java.time.temporal.ChronoUnit#FOREVER} is, means no limit
   * @param block the block
   * @param <T> the type of its result
   * @param <X> what it declares to throw
   * @return its result
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block let the cancellation out, or the
   *     exception by which a blocking call ended when it was interrupted; that is its cause
   * @throws CancelledError if the task was cancelled by somebody else
   * @throws IllegalStateException if no task runs here
   */
  public static <T extends @Nullable Object, X extends Exception> T timeout(
      Duration limit, ThrowingCallable<? extends T, X> block) throws X, TimeoutException {
    return Timeout.after(limit).<T, X>run(block);
  }

  /**
   * Runs a block without a result, as {@link #timeout(Duration, ThrowingCallable)} does.
   *
   * @param limit how long the block may take
   * @param block the block
   * @param <X> what it declares to throw
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block let the cancellation out, or the
   *     exception by which a blocking call ended when it was interrupted; that is its cause
   * @throws CancelledError if the task was cancelled by somebody else
   * @throws IllegalStateException if no task runs here
   */
  public static <X extends Exception> void timeout(Duration limit, ThrowingRunnable<X> block)
      throws X, TimeoutException {
    Timeout.after(limit).run(block);
  }

  /**
   * Runs a block that may change its own limit, as {@link #timeout(Duration, ThrowingCallable)}
   * does.
   *
   * @param limit how long the block may take at first
   * @param block receives the limit, to {@linkplain Timeout#reschedule(Duration) reschedule} it
   * @param <T> the type of its result
   * @param <X> what it declares to throw
   * @return its result
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block let the cancellation out, or the
   *     exception by which a blocking call ended when it was interrupted; that is its cause
   * @throws CancelledError if the task was cancelled by somebody else
   * @throws IllegalStateException if no task runs here
   */
  public static <T extends @Nullable Object, X extends Exception> T timeout(
      Duration limit, ThrowingFunction<Timeout, ? extends T, X> block) throws X, TimeoutException {
    return run(Timeout.after(limit), block);
  }

  /**
   * Runs a block up to a point in the loop's time, as {@link #timeout(Duration, ThrowingCallable)}
   * does.
   *
   * @param when nanoseconds of the loop's time; {@link Timeout#NEVER} means no limit
   * @param block the block
   * @param <T> the type of its result
   * @param <X> what it declares to throw
   * @return its result
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block let the cancellation out, or the
   *     exception by which a blocking call ended when it was interrupted; that is its cause
   * @throws CancelledError if the task was cancelled by somebody else
   * @throws IllegalStateException if no task runs here
   */
  public static <T extends @Nullable Object, X extends Exception> T timeoutAt(
      long when, ThrowingCallable<? extends T, X> block) throws X, TimeoutException {
    return Timeout.at(when).<T, X>run(block);
  }

  /**
   * Runs a block without a result up to a point in the loop's time.
   *
   * @param when nanoseconds of the loop's time; {@link Timeout#NEVER} means no limit
   * @param block the block
   * @param <X> what it declares to throw
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block let the cancellation out, or the
   *     exception by which a blocking call ended when it was interrupted; that is its cause
   * @throws CancelledError if the task was cancelled by somebody else
   * @throws IllegalStateException if no task runs here
   */
  public static <X extends Exception> void timeoutAt(long when, ThrowingRunnable<X> block)
      throws X, TimeoutException {
    Timeout.at(when).run(block);
  }

  /**
   * Runs a block that may change its own limit up to a point in the loop's time.
   *
   * @param when nanoseconds of the loop's time; {@link Timeout#NEVER} means no limit
   * @param block receives the limit, to {@linkplain Timeout#reschedule(long) reschedule} it
   * @param <T> the type of its result
   * @param <X> what it declares to throw
   * @return its result
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block let the cancellation out, or the
   *     exception by which a blocking call ended when it was interrupted; that is its cause
   * @throws CancelledError if the task was cancelled by somebody else
   * @throws IllegalStateException if no task runs here
   */
  public static <T extends @Nullable Object, X extends Exception> T timeoutAt(
      long when, ThrowingFunction<Timeout, ? extends T, X> block) throws X, TimeoutException {
    return run(Timeout.at(when), block);
  }

  /**
   * Waits for a future, and cancels it when the time is up. If it is a task, this call then waits
   * for its end, too: a task may clean up, and if it refuses and returns, that is the result.
   *
   * <p>A future that is done when the time is up counts, even if both happened in the same tick.
   * (asyncio then drops the result.)
   *
   * @param future a future of this loop
   * @param limit how long to wait; with zero or less the future must be done already, and a task
   *     that has not begun never runs
   * @param <T> the type of its value
   * @return its value; what it failed with is thrown as it is
   * @throws TimeoutException if the future was not done in time; it was cancelled, and has ended by
   *     that, or has failed with a {@code CancelledError}, as a gathering does
   * @throws CancelledError if the future ends so before the time is up, or the current task is
   *     cancelled
   * @throws IllegalStateException if no task runs here, or the future belongs to another loop
   */
  public static <T extends @Nullable Object> T waitFor(Future<T> future, Duration limit)
      throws TimeoutException {
    requireNonNull(future, "future");
    if (!requireNonNull(limit, "limit").isPositive()) {
      return atOnce(future, limit);
    }
    try {
      return Timeout.after(limit).<T, RuntimeException>run(future::await);
    } catch (TimeoutException late) {
      // What is cancelled may end otherwise; a gathering fails with the cancellation of a child.
      if (future.isDone() && !(Outcome.of(future) instanceof Outcome.Cancelled)) {
        return future.result();
      }
      throw late;
    }
  }

  private static <T extends @Nullable Object> T atOnce(Future<T> future, Duration limit)
      throws TimeoutException {
    if (!future.isDone()) {
      cancelAndWait(future);
      if (Outcome.of(future) instanceof Outcome.Cancelled<T>(CancelledError error)) {
        throw new TimeoutException("not done within " + limit, error);
      }
    }
    return future.result();
  }

  // Waiting for the future itself could not be cancelled if the future refuses.
  private static <T extends @Nullable Object> void cancelAndWait(Future<T> future) {
    Task<?> task =
        Asyncio.currentTask()
            .orElseThrow(() ->
                new IllegalStateException(
                    "waitFor must be called in a task but was called in a callback; use"
                        + " addDoneCallback"));
    Promise<@Nullable Void> ended = Asyncio.runningLoop().createFuture();
    End<T> callback = new End<>(task, ended);
    future.addDoneCallback(callback);
    try {
      future.cancel();
      ended.await();
    } finally {
      future.removeDoneCallback(callback);
    }
  }

  private static <T extends @Nullable Object, X extends Exception> T run(
      Timeout timeout, ThrowingFunction<Timeout, ? extends T, X> block) throws X, TimeoutException {
    requireNonNull(block, "block");
    return timeout.<T, X>run(() -> block.apply(timeout));
  }

  private record End<T extends @Nullable Object>(Task<?> awaiter, Promise<@Nullable Void> ended)
      implements AwaitingCallback<T> {

    @Override
    public void accept(Future<T> done) {
      if (!ended.isDone()) {
        ended.setResult(null);
      }
    }
  }
}
