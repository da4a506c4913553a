package org.asyncio4j.internal.waiting;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.internal.identity.IdentitySet;
import org.asyncio4j.tasks.ReturnWhen;
import org.asyncio4j.tasks.WaitResult;
import org.jspecify.annotations.Nullable;

/**
 * One wait of a task until enough of several futures are done (asyncio, {@code _wait}).
 *
 * @param <T> the type of the futures' values
 */
final class FuturesWait<T extends @Nullable Object> {

  private final List<Future<T>> futures;
  private final ReturnWhen returnWhen;
  private final Promise<@Nullable Void> enough;
  private int pending;

  private FuturesWait(FuturesOfOneLoop<T> all, ReturnWhen returnWhen) {
    this.futures = all.distinct();
    this.returnWhen = returnWhen;
    this.enough = all.loop().createFuture();
    this.pending = futures.size();
  }

  /**
   * Suspends the current task until enough futures are done, or the timeout has passed.
   *
   * @param given the futures
   * @param returnWhen when to return
   * @param timeout the maximum time to wait, or {@code null} for no limit
   * @param <T> the type of their values
   * @return the futures that are done, and those that are not
   */
  static <T extends @Nullable Object> WaitResult<T> await(
      Collection<? extends Future<? extends T>> given,
      ReturnWhen returnWhen,
      @Nullable Duration timeout) {
    requireNonNull(returnWhen, "returnWhen");
    if (given.isEmpty()) {
      throw new IllegalArgumentException("futures must not be empty");
    }
    FuturesOfOneLoop<T> all = FuturesOfOneLoop.of(given);
    Future<?> awaiter = all.currentTask("wait");
    FuturesWait<T> waiting = new FuturesWait<>(all, returnWhen);
    Watch<T> watch = new Watch<>(awaiter, waiting::futureDone);
    TimerHandle timer =
        timeout == null ? null : all.loop().callLater(timeout, waiting::waitedEnough);
    try {
      watch.start(waiting.futures);
      waiting.enough.await();
    } finally {
      if (timer != null) {
        timer.cancel();
      }
      watch.end();
    }
    return waiting.result();
  }

  private void futureDone(Future<T> future) {
    pending--;
    boolean sufficient =
        switch (returnWhen) {
          case FIRST_COMPLETED -> true;
          case FIRST_EXCEPTION -> pending == 0 || hasFailed(future);
          case ALL_COMPLETED -> pending == 0;
        };
    if (sufficient) {
      waitedEnough();
    }
  }

  private void waitedEnough() {
    enough.trySetResult(null);
  }

  private WaitResult<T> result() {
    Set<Future<T>> done = new IdentitySet<>();
    Set<Future<T>> notDone = new IdentitySet<>();
    for (Future<T> future : futures) {
      (future.isDone() ? done : notDone).add(future);
    }
    return new WaitResult<>(done, notDone);
  }

  private static boolean hasFailed(Future<?> done) {
    return !done.isCancelled() && done.exception().isPresent();
  }
}
