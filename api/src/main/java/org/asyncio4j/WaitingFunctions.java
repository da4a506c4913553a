package org.asyncio4j;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.waiting.WaitingPrimitives;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tasks.RaceResult;
import org.asyncio4j.tasks.ReturnWhen;
import org.asyncio4j.tasks.WaitResult;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@link Asyncio} that wait for several futures. A class of its own only so that
 * each of the two can be read in one go; its methods are inherited, and called as those of {@code
 * Asyncio}.
 */
abstract sealed class WaitingFunctions extends LimitFunctions permits Asyncio {

  WaitingFunctions() {}

  /**
   * Makes a future of the values of several others ({@code asyncio.gather}). It is done when all
   * are, or as soon as one fails or is cancelled: then it fails with the same exception, a {@link
   * CancelledError} in the latter case, although it is not itself cancelled. The others go on then,
   * and what they fail with later counts as retrieved.
   *
   * <p>Cancelling the result cancels those of the futures that are pending, each once, and returns
   * whether one of them took the request; the result then fails with {@link CancelledError} when
   * the first of them is cancelled, and at the latest when all are done. Who wants the others to be
   * cancelled when one fails cancels the result in a {@code catch}.
   *
   * <p>Does not suspend. Callable on the thread of the futures' loop, or while that does not run.
   *
   * @param futures the futures, of any implementation; one that occurs twice is waited for once
   * @param <T> the type of their values
   * @return the values to come, in the order of the futures; unmodifiable; done already if all the
   *     futures are, or if there are none
   * @throws IllegalArgumentException if the futures are not all of one loop, or not of the one that
   *     runs here; nothing has happened then
   * @throws IllegalStateException if there are no futures and no loop runs here
   */
  public static <T extends @Nullable Object> Future<List<T>> gather(
      Collection<? extends Future<? extends T>> futures) {
    return WaitingPrimitives.gather(futures);
  }

  /**
   * Makes a future of the values of several others, as {@link #gather(Collection)} does.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return the values to come, in the order of the futures
   * @throws IllegalArgumentException if the futures are not all of one loop, or not of the one that
   *     runs here
   * @throws IllegalStateException if there are no futures and no loop runs here
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Future<List<T>> gather(
      Future<? extends T>... futures) {
    return WaitingPrimitives.gather(Arrays.asList(futures));
  }

  /**
   * Makes a future of how several others end ({@code asyncio.gather} with {@code
   * return_exceptions=True}). It is done when all are, and never fails because one of them did.
   *
   * <p>Cancelling the result cancels those of the futures that are pending, each once, and returns
   * whether one of them took the request; the result then fails with {@link CancelledError}, but
   * only when all of them are done.
   *
   * <p>Does not suspend. Callable on the thread of the futures' loop, or while that does not run.
   *
   * @param futures the futures, of any implementation; one that occurs twice is waited for once
   * @param <T> the type of their values
   * @return the outcomes to come, in the order of the futures; unmodifiable; done already if all
   *     the futures are, or if there are none
   * @throws IllegalArgumentException if the futures are not all of one loop, or not of the one that
   *     runs here; nothing has happened then
   * @throws IllegalStateException if there are no futures and no loop runs here
   */
  public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
      Collection<? extends Future<? extends T>> futures) {
    return WaitingPrimitives.gatherOutcomes(futures);
  }

  /**
   * Makes a future of how several others end, as {@link #gatherOutcomes(Collection)} does.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return the outcomes to come, in the order of the futures
   * @throws IllegalArgumentException if the futures are not all of one loop, or not of the one that
   *     runs here
   * @throws IllegalStateException if there are no futures and no loop runs here
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
      Future<? extends T>... futures) {
    return WaitingPrimitives.gatherOutcomes(Arrays.asList(futures));
  }

  /**
   * Suspends the current task until all futures are done, as {@link #wait(Collection, ReturnWhen)}
   * does with {@link ReturnWhen#ALL_COMPLETED}.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return all of them, as done
   * @throws CancelledError if the task is cancelled meanwhile; the futures are not
   * @throws IllegalArgumentException if there are no futures, or one is of another loop
   * @throws IllegalStateException if no task runs here
   */
  public static <T extends @Nullable Object> WaitResult<T> wait(
      Collection<? extends Future<? extends T>> futures) {
    return WaitingPrimitives.wait(futures, ReturnWhen.ALL_COMPLETED, null);
  }

  /**
   * Suspends the current task until enough futures are done ({@code asyncio.wait}), for one tick at
   * least. Never cancels one, and never throws what one failed with.
   *
   * @param futures the futures, of any implementation; one that occurs twice is waited for once
   * @param returnWhen what is enough; with {@link ReturnWhen#FIRST_EXCEPTION} what a future failed
   *     with counts as retrieved
   * @param <T> the type of their values
   * @return which are done, and which are not
   * @throws CancelledError if the task is cancelled meanwhile; the futures are not
   * @throws IllegalArgumentException if there are no futures, or one is of another loop
   * @throws IllegalStateException if no task runs here
   */
  public static <T extends @Nullable Object> WaitResult<T> wait(
      Collection<? extends Future<? extends T>> futures, ReturnWhen returnWhen) {
    return WaitingPrimitives.wait(futures, returnWhen, null);
  }

  /**
   * Suspends the current task until enough futures are done, as {@link #wait(Collection,
   * ReturnWhen)} does, or some time has passed.
   *
   * @param futures the futures
   * @param returnWhen what is enough
   * @param timeout for how long at most; zero or less means for one tick. That it is over is no
   *     error: the result says which futures are pending
   * @param <T> the type of their values
   * @return which are done, and which are not
   * @throws CancelledError if the task is cancelled meanwhile; the futures are not
   * @throws IllegalArgumentException if there are no futures, or one is of another loop
   * @throws IllegalStateException if no task runs here
   */
  public static <T extends @Nullable Object> WaitResult<T> wait(
      Collection<? extends Future<? extends T>> futures, ReturnWhen returnWhen, Duration timeout) {
    return WaitingPrimitives.wait(futures, returnWhen, requireNonNull(timeout, "timeout"));
  }

  /**
   * Answers futures in the order in which they complete ({@code asyncio.as_completed}, as an
   * asynchronous iterator).
   *
   * <pre>{@code
   * for (Future<Page> next : Asyncio.asCompleted(downloads)) {
   *   show(next.await());
   * }
   * }</pre>
   *
   * <p>The call itself does not suspend; the {@code next} of the iterator suspends the current task
   * until another future is done, and throws {@link CancelledError} if the task is cancelled
   * meanwhile: the futures are not, and the one that comes next is then answered by the next call.
   * There is one iterator, so that a second loop goes on where the first was left; it belongs to
   * the loop's thread, and several tasks may share it. It has no time limit: put the loop into one.
   *
   * @param futures the futures, of any implementation; one that occurs twice is answered once
   * @param <T> the type of their values
   * @return the futures themselves; those that are done already come first, in the given order
   * @throws IllegalArgumentException if one is of another loop; nothing has happened then
   * @throws IllegalStateException if no task runs here
   */
  public static <T extends @Nullable Object> Iterable<Future<T>> asCompleted(
      Collection<? extends Future<? extends T>> futures) {
    return WaitingPrimitives.asCompleted(futures);
  }

  /**
   * Protects a future from the cancellation of those who wait for it ({@code asyncio.shield}).
   *
   * <pre>{@code
   * Task<Void> saving = Asyncio.createTask(() -> save(document));
   * Asyncio.shield(saving).await(); // if this is cancelled, saving goes on
   * }</pre>
   *
   * <p>The result ends as the future does, with the same message if that is cancelled. Cancelling
   * the result does not reach the future; if that fails afterwards, the loop's exception handler
   * hears of it, once however often the future was shielded.
   *
   * <p>Does not suspend. Callable on the thread of the future's loop, or while that does not run.
   *
   * @param future the future, of any implementation
   * @param <T> the type of its value
   * @return another one; the same if it is done
   * @throws IllegalArgumentException if it is not of the loop that runs here
   */
  public static <T extends @Nullable Object> Future<T> shield(Future<T> future) {
    return WaitingPrimitives.shield(future);
  }

  /**
   * Tries one after the other until one succeeds, each when the one before has failed: {@link
   * #staggeredRace(List, Duration)} without a delay.
   *
   * @param attempts what to try
   * @param <T> the type of the value
   * @return which won, and how the others ended
   * @throws CancelledError if the current task is cancelled meanwhile
   * @throws IllegalStateException if no task runs here
   */
  public static <T extends @Nullable Object> RaceResult<T> staggeredRace(
      List<? extends Callable<? extends T>> attempts) {
    return WaitingPrimitives.staggeredRace(attempts, null);
  }

  /**
   * Suspends the current task while attempts race each other, each in a task of its own ({@code
   * staggered_race}, which asyncio uses to connect). The next one starts when the one before has
   * failed or was cancelled, or some time after that began. The first to succeed wins; the others
   * are cancelled, and all have ended when this returns or throws.
   *
   * <p>If the current task is cancelled, so are the attempts, and a value that one has returned by
   * then is dropped.
   *
   * @param attempts what to try, in this order
   * @param delay how long after an attempt the next one starts; zero starts one a tick
   * @param <T> the type of the value
   * @return which won, and how those that were started ended; no winner if all failed or there are
   *     none
   * @throws CancelledError if the current task is cancelled meanwhile
   * @throws IllegalArgumentException if the delay is negative
   * @throws IllegalStateException if no task runs here
   */
  public static <T extends @Nullable Object> RaceResult<T> staggeredRace(
      List<? extends Callable<? extends T>> attempts, Duration delay) {
    return WaitingPrimitives.staggeredRace(attempts, requireNonNull(delay, "delay"));
  }
}
