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

/** Internal; not for use outside asyncio4j. The functions of {@code Asyncio} say what these do. */
public final class WaitingPrimitives {

  private WaitingPrimitives() {}

  /**
   * Stands behind {@code Asyncio.gather}.
   *
   * @param futures whose values
   * @param <T> their type
   * @return the values to come
   */
  public static <T extends @Nullable Object> Future<List<T>> gather(
      Collection<? extends Future<? extends T>> futures) {
    return Gathering.ofValues(futures);
  }

  /**
   * Stands behind {@code Asyncio.gatherOutcomes}.
   *
   * @param futures which
   * @param <T> the type of their values
   * @return how they will have ended
   */
  public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
      Collection<? extends Future<? extends T>> futures) {
    return Gathering.ofOutcomes(futures);
  }

  /**
   * Stands behind {@code Asyncio.waitAll} and {@code waitUntil}.
   *
   * @param futures the futures
   * @param returnWhen what is enough
   * @param timeout for how long at most, or {@code null}
   * @param <T> the type of their values
   * @return which are done
   */
  public static <T extends @Nullable Object> WaitResult<T> wait(
      Collection<? extends Future<? extends T>> futures,
      ReturnWhen returnWhen,
      @Nullable Duration timeout) {
    return Waiting.await(futures, returnWhen, timeout);
  }

  /**
   * Stands behind {@code Asyncio.asCompleted}.
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
   * Stands behind {@code Asyncio.shield}.
   *
   * @param future the future
   * @param <T> the type of its value
   * @return another that ends as it does
   */
  public static <T extends @Nullable Object> Future<T> shield(Future<T> future) {
    return Shield.of(future);
  }

  /**
   * Stands behind {@code Asyncio.staggeredRace}.
   *
   * @param attempts who takes part
   * @param delay how long after an attempt the next one starts, or {@code null} for when it failed
   * @param <T> the type of the value
   * @return how it ended
   */
  public static <T extends @Nullable Object> RaceResult<T> staggeredRace(
      List<? extends Callable<? extends T>> attempts, @Nullable Duration delay) {
    return StaggeredRace.run(attempts, delay);
  }
}
