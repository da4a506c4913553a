package org.asyncio4j.internal.waiting;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.internal.bootstrap.RunningLoop;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tasks.Timeout;
import org.jspecify.annotations.Nullable;

/** Waits for one future within a limit (asyncio, {@code wait_for}). */
public final class LimitedWait {

  private LimitedWait() {}

  /**
   * Implements {@code Asyncio.waitFor}.
   *
   * @param future the future
   * @param limit how long to wait
   * @param <T> the type of its value
   * @return its value
   * @throws TimeoutException if the future was not done in time
   */
  public static <T extends @Nullable Object> T await(Future<T> future, Duration limit)
      throws TimeoutException {
    requireNonNull(future, "future");
    if (!requireNonNull(limit, "limit").isPositive()) {
      return atOnce(future, limit);
    }
    try {
      return Timeout.after(limit).<T, RuntimeException>call(future::await);
    } catch (TimeoutException late) {
      // A cancelled future may end in another way; a gathering fails with the cancellation of a
      // child.
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

  // A direct wait for the future could not be cancelled if the future ignores its cancellation.
  private static <T extends @Nullable Object> void cancelAndWait(Future<T> future) {
    Task<?> task = RunningLoop.requireTask("waitFor");
    Promise<@Nullable Void> ended = task.loop().createFuture();
    End<T> callback = new End<>(task, ended);
    future.addDoneCallback(callback);
    try {
      future.cancel();
      ended.await();
    } finally {
      future.removeDoneCallback(callback);
    }
  }

  private record End<T extends @Nullable Object>(Task<?> awaiter, Promise<@Nullable Void> ended)
      implements AwaitingCallback<T> {

    @Override
    public void accept(Future<T> done) {
      ended.trySetResult(null);
    }
  }
}
