package org.asyncio4j.internal.bridge;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.tasks.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Chains futures across the boundary of a loop (asyncio, {@code _chain_future}): results flow one
 * way, cancellations the other. If the loop has been closed, nothing happens.
 */
public final class FutureBridge {

  private FutureBridge() {}

  /**
   * Returns a future of a loop that follows a completion stage.
   *
   * @param loop the loop
   * @param stage the stage; cancelled when the future is
   * @param <T> the type of the value
   * @return the future
   */
  public static <T extends @Nullable Object> Future<T> follow(
      EventLoop loop, CompletionStage<T> stage) {
    Promise<T> promise = loop.createFuture();
    stage.whenComplete(
        (value, thrown) -> onLoop(loop, () -> complete(promise, value, unwrap(thrown))));
    promise.addDoneCallback(done -> {
      if (done.isCancelled()) {
        stage.toCompletableFuture().cancel(true);
      }
    });
    return promise;
  }

  /**
   * Runs a body in a task of a loop that another thread runs.
   *
   * @param loop the loop
   * @param body the code that the task runs
   * @param <T> the type of the result
   * @return a future that follows the task; cancelling it cancels the task
   */
  public static <T extends @Nullable Object> CompletableFuture<T> submit(
      EventLoop loop, Callable<? extends T> body) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.callSoonThreadsafe(() -> start(loop, body, result));
    Runnable forget = LoopBootstraps.get().onClose(loop, () -> closed(loop, result));
    var _ = result.whenComplete((value, thrown) -> forget.run());
    return result;
  }

  private static void closed(EventLoop loop, CompletableFuture<?> result) {
    result.completeExceptionally(
        new IllegalStateException(
            "cannot complete the future: " + loop + " was closed before its task was done"));
  }

  private static <T extends @Nullable Object> void start(
      EventLoop loop, Callable<? extends T> body, CompletableFuture<T> result) {
    if (result.isDone()) {
      return;
    }
    Task<T> task;
    try {
      task = loop.createTask(body);
    } catch (RuntimeException | Error refused) {
      result.completeExceptionally(refused);
      return;
    }
    task.addDoneCallback(done -> complete(result, done));
    var _ =
        result.whenComplete((value, thrown) -> {
          if (result.isCancelled()) {
            unlessClosed(loop, () -> task.cancelThreadsafe(null));
          }
        });
  }

  private static <T extends @Nullable Object> void complete(
      Promise<T> promise, T value, @Nullable Throwable thrown) {
    if (thrown == null) {
      promise.trySetResult(value);
    } else if (thrown instanceof CancellationException || thrown instanceof CancelledError) {
      promise.cancel(thrown.getMessage());
    } else {
      promise.trySetException(thrown);
    }
  }

  private static <T extends @Nullable Object> void complete(
      CompletableFuture<T> result, Future<T> done) {
    switch (Outcome.of(done)) {
      case Outcome.Success<T>(T value) -> result.complete(value);
      case Outcome.Failure<T>(Throwable thrown) -> result.completeExceptionally(thrown);
      case Outcome.Cancelled<T> _ -> result.cancel(false);
    }
  }

  private static @Nullable Throwable unwrap(@Nullable Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  private static void onLoop(EventLoop loop, Runnable action) {
    unlessClosed(loop, () -> loop.callSoonThreadsafe(action));
  }

  private static void unlessClosed(EventLoop loop, Runnable call) {
    try {
      call.run();
    } catch (IllegalStateException closed) {
      if (!loop.isClosed()) {
        throw closed;
      }
    }
  }
}
