package org.asyncio4j.tck.probe;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** Runs code on the thread of a loop in the background, and waits for it on another thread. */
public interface LoopCalls {

  /** {@return the loop} */
  EventLoop loop();

  /** {@return how long to wait} */
  Patience patience();

  /**
   * Calls code on the loop's thread, in a callback, and waits for its result.
   *
   * @param body the code
   * @param <T> the type of its result
   * @return its result
   */
  <T extends @Nullable Object> T call(Callable<T> body);

  /**
   * Runs a body in a task of the loop and waits for its result.
   *
   * @param body the body
   * @param <T> the type of its result
   * @return its result
   */
  <T extends @Nullable Object> T run(Callable<T> body);

  /**
   * Calls code without a result on the loop's thread, in a callback, and waits for its end.
   *
   * @param body the code
   */
  default void perform(ThrowingRunnable<? extends Exception> body) {
    Object ignored =
        call(() -> {
          body.run();
          return this;
        });
  }

  /**
   * Runs a body without a result in a task of the loop and waits for its end.
   *
   * @param body the body
   */
  default void runTask(ThrowingRunnable<? extends Exception> body) {
    Object ignored =
        run(() -> {
          body.run();
          return this;
        });
  }

  /**
   * Waits a number of ticks until the loop has done its work.
   *
   * @param ticks how many ticks
   */
  default void settle(int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      perform(() -> {});
    }
  }

  /**
   * Starts code in a task of the loop.
   *
   * @param body the code
   * @param <T> the type of its result
   * @return its future result; cancelling it cancels the task
   */
  default <T> CompletableFuture<T> begin(Callable<T> body) {
    CompletableFuture<T> result = Asyncio.runCoroutineThreadsafe(body, loop());
    settle(2);
    return result;
  }

  /**
   * Waits for the result of a task.
   *
   * @param what must happen, as a sentence
   * @param result its future result
   * @param <T> the type of its result
   * @return its result
   */
  default <T> T await(String what, CompletableFuture<T> result) {
    patience().until(what, result::isDone);
    try {
      return result.join();
    } catch (CompletionException | CancellationException failed) {
      throw new RuleViolation(what + ", but it failed with " + failed, failed);
    }
  }

  /**
   * Waits for the failure of a task.
   *
   * @param what must happen, as a sentence
   * @param result its future result
   * @return the exception that it failed with
   */
  default Throwable awaitFailure(String what, CompletableFuture<?> result) {
    patience().until(what, result::isDone);
    Expect.that(what, result.isCompletedExceptionally() && !result.isCancelled());
    return result.exceptionNow();
  }
}
