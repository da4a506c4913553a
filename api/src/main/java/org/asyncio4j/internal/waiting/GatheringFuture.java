package org.asyncio4j.internal.waiting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.bootstrap.PassesCancellation;
import org.asyncio4j.internal.forward.ForwardingFuture;
import org.asyncio4j.tasks.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A future of the outcomes of several others (asyncio, {@code _GatheringFuture}).
 *
 * @param <T> the type of the values of the others
 * @param <E> the type of what is gathered from each
 */
final class GatheringFuture<T extends @Nullable Object, E extends @Nullable Object>
    extends ForwardingFuture<List<E>> implements PassesCancellation {

  private final FuturesOfOneLoop<T> children;
  private final List<Future<T>> distinct;
  private final boolean failsEarly;
  private final Function<Future<T>, E> reading;
  private int pending;
  private boolean cancelRequested;
  private @Nullable String cancelMessage;

  private GatheringFuture(
      FuturesOfOneLoop<T> children, boolean failsEarly, Function<Future<T>, E> reading) {
    super(children.loop());
    this.children = children;
    this.distinct = children.distinct();
    this.failsEarly = failsEarly;
    this.reading = reading;
    this.pending = distinct.size();
  }

  /**
   * Gathers values; the first failure is the failure of the result.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return a future of the values, in the order of the futures
   */
  static <T extends @Nullable Object> Future<List<T>> ofValues(
      Collection<? extends Future<? extends T>> futures) {
    return new GatheringFuture<T, T>(FuturesOfOneLoop.of(futures), true, Future::result).begun();
  }

  /**
   * Gathers the outcomes of futures.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return a future of the outcomes, in the order of the futures
   */
  static <T extends @Nullable Object> Future<List<Outcome<T>>> ofOutcomes(
      Collection<? extends Future<? extends T>> futures) {
    return new GatheringFuture<T, Outcome<T>>(FuturesOfOneLoop.of(futures), false, Outcome::of)
        .begun();
  }

  /**
   * Cancels each pending child once; this future ends when the children are done.
   *
   * @return whether a child accepted the request
   */
  @Override
  public boolean cancel(@Nullable String message) {
    if (isDone()) {
      return promise().cancel(message);
    }
    boolean accepted = false;
    for (Future<T> child : distinct) {
      accepted |= child.cancel(message);
    }
    if (accepted && !cancelRequested) {
      cancelRequested = true;
      cancelMessage = message;
    }
    return accepted;
  }

  @Override
  public Future<?> end() {
    return promise();
  }

  @Override
  public String toString() {
    return "<Gathering of %s futures, %s pending>".formatted(distinct.size(), pending);
  }

  private GatheringFuture<T, E> begun() {
    List<Future<T>> done = distinct.stream().filter(Future::isDone).toList();
    List<Future<T>> notDone = distinct.stream().filter(child -> !child.isDone()).toList();
    new Watch<>(this, this::childDone).start(notDone);
    done.forEach(this::childDone);
    if (distinct.isEmpty()) {
      complete();
    }
    return this;
  }

  private void childDone(Future<T> child) {
    pending--;
    if (isDone()) {
      // Only the first failure is reported; asyncio also counts the later ones as retrieved.
      var _ = Outcome.of(child);
      return;
    }
    if (failsEarly) {
      switch (Outcome.of(child)) {
        case Outcome.Success<T> _ -> {}
        case Outcome.Failure<T>(Throwable exception) -> fail(exception);
        // The cancellation of one child must not look like a cancellation of the result.
        case Outcome.Cancelled<T>(CancelledError error) -> fail(error);
      }
    }
    if (pending == 0 && !isDone()) {
      complete();
    }
  }

  private void complete() {
    List<E> results = new ArrayList<>();
    for (Future<T> child : children.futures()) {
      results.add(reading.apply(child));
    }
    if (cancelRequested) {
      fail(new CancelledError(cancelMessage));
    } else {
      promise().setResult(Collections.unmodifiableList(results));
    }
  }

  private void fail(Throwable failure) {
    promise().setException(failure);
    if (cancelRequested) {
      // The caller that cancels does not need the failure: cancelling a failed future marks it as
      // retrieved.
      boolean ignored = promise().cancel();
    }
  }
}
