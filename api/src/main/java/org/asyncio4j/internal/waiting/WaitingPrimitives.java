package org.asyncio4j.internal.waiting;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.core.Future;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tasks.RaceResult;
import org.asyncio4j.tasks.ReturnWhen;
import org.asyncio4j.tasks.WaitResult;
import org.jspecify.annotations.Nullable;

/** Internal; not for use outside asyncio4j. See the functions of {@code Asyncio}. */
public final class WaitingPrimitives {

  private WaitingPrimitives() {}

  /**
   * Implements {@code Asyncio.gather}.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return a future of the values
   */
  public static <T extends @Nullable Object> Future<List<T>> gather(
      Collection<? extends Future<? extends T>> futures) {
    return GatheringFuture.ofValues(futures);
  }

  /**
   * Implements {@code Asyncio.gatherOutcomes}.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return a future of the outcomes
   */
  public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
      Collection<? extends Future<? extends T>> futures) {
    return GatheringFuture.ofOutcomes(futures);
  }

  /**
   * Implements {@code Asyncio.waitAll} and {@code waitUntil}.
   *
   * @param futures the futures
   * @param returnWhen when to return
   * @param timeout the maximum time to wait, or {@code null} for no limit
   * @param <T> the type of their values
   * @return the futures that are done, and those that are not
   */
  public static <T extends @Nullable Object> WaitResult<T> wait(
      Collection<? extends Future<? extends T>> futures,
      ReturnWhen returnWhen,
      @Nullable Duration timeout) {
    return FuturesWait.await(futures, returnWhen, timeout);
  }

  /**
   * Implements {@code Asyncio.asCompleted}.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return the futures as they complete
   */
  public static <T extends @Nullable Object> Iterable<Future<T>> asCompleted(
      Collection<? extends Future<? extends T>> futures) {
    return AsCompleted.of(futures);
  }

  /**
   * Implements {@code Asyncio.shield}.
   *
   * @param future the future
   * @param <T> the type of its value
   * @return another future that ends in the same way
   */
  public static <T extends @Nullable Object> Future<T> shield(Future<T> future) {
    return Shield.of(future);
  }

  /**
   * Implements {@code Asyncio.staggeredRace}.
   *
   * @param attempts the attempts
   * @param delay the time after which the next attempt starts, or {@code null} to start it when the
   *     previous one has failed
   * @param <T> the type of the value
   * @return the outcome
   */
  public static <T extends @Nullable Object> RaceResult<T> staggeredRace(
      List<? extends Callable<? extends T>> attempts, @Nullable Duration delay) {
    return StaggeredRace.run(attempts, delay);
  }
}
