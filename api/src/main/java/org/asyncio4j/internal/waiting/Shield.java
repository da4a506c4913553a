package org.asyncio4j.internal.waiting;

import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.forward.ForwardingFuture;
import org.asyncio4j.tasks.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A future that ends as another does, but whose cancellation does not cancel the other (asyncio,
 * {@code shield}).
 *
 * @param <T> the type of the value
 */
final class Shield<T extends @Nullable Object> extends ForwardingFuture<T> {

  // One object for all, so that a future that was shielded several times reports once.
  private static final Consumer<Future<?>> REPORT_FAILURE = Shield::reportFailure;

  private final Future<T> inner;
  private final Watch<T> watch;

  @SuppressWarnings("this-escape") // the watch is started when construction is complete
  private Shield(Future<T> inner) {
    super(inner.loop());
    this.inner = inner;
    this.watch = new Watch<>(this, this::innerDone);
  }

  /**
   * Shields a future.
   *
   * @param inner the future
   * @param <T> the type of its value
   * @return another future that ends in the same way; the same future if it is done
   */
  static <T extends @Nullable Object> Future<T> of(Future<T> inner) {
    FuturesOfOneLoop<T> checked = FuturesOfOneLoop.of(List.of(inner));
    if (inner.isDone()) {
      return inner;
    }
    Shield<T> outer = new Shield<>(inner);
    outer.watch.start(checked.futures());
    return outer;
  }

  @Override
  public boolean cancel(@Nullable String message) {
    boolean cancelled = promise().cancel(message);
    // The callbacks of an inner future that is done are already scheduled and cannot be removed.
    if (cancelled && !inner.isDone()) {
      watch.end();
      Watch.takeBack(inner, REPORT_FAILURE);
      inner.addDoneCallback(REPORT_FAILURE);
    }
    return cancelled;
  }

  @Override
  public String toString() {
    return "<Shield of %s>".formatted(inner);
  }

  private void innerDone(Future<T> done) {
    if (isDone()) {
      return;
    }
    switch (Outcome.of(done)) {
      case Outcome.Success<T>(T value) -> promise().setResult(value);
      case Outcome.Failure<T>(Throwable exception) -> promise().setException(exception);
      case Outcome.Cancelled<T>(CancelledError error) when done.isCancelled() ->
          promise().cancel(error.getMessage());
      case Outcome.Cancelled<T>(CancelledError error) -> promise().setException(error);
    }
  }

  private static void reportFailure(Future<?> done) {
    if (Outcome.of(done) instanceof Outcome.Failure<?>(Throwable exception)) {
      done.loop()
          .callExceptionHandler(
              ErrorReport.of(exception.getClass().getSimpleName() + " exception in shielded future")
                  .withException(exception)
                  .withFuture(done));
    }
  }
}
