package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.core.Future;
import org.asyncio4j.internal.describe.Described;
import org.asyncio4j.spi.coroutine.Suspension;
import org.asyncio4j.spi.internal.fiber.Fiber;
import org.jspecify.annotations.Nullable;

/** Suspends the running code. Implements {@link Future#await()}, for third-party futures too. */
public final class Awaiter {

  private Awaiter() {}

  /**
   * Suspends the calling coroutine until a future is done, then returns its result; the task that
   * drives the coroutine is notified of the future. If the future is already done, returns at once,
   * on any thread.
   *
   * @param future a future of any implementation
   * @param <T> the type of its value
   * @return its value; if the future failed, its exception is thrown unchanged
   * @throws org.asyncio4j.core.CancelledError if the future or the task was cancelled
   * @throws IllegalStateException if the future is pending and the caller is not the body of a
   *     coroutine
   */
  public static <T extends @Nullable Object> T await(Future<T> future) {
    requireNonNull(future, "future");
    if (!future.isDone()) {
      bodyThatAwaits(future).suspend(Suspension.AWAITING, future);
      if (!future.isDone()) {
        throw new IllegalStateException(
            "cannot resume a task: %s, which it awaits, is pending".formatted(future));
      }
    }
    return future.result();
  }

  /**
   * Lets everything that is ready run once, then continues: the bare {@code yield} of asyncio's
   * {@code sleep(0)}.
   *
   * @throws org.asyncio4j.core.CancelledError if the task was cancelled
   * @throws IllegalStateException if the caller is not the body of a coroutine
   */
  public static void yieldOnce() {
    bodyThatAwaits("the next tick").suspend(Suspension.YIELDED, null);
  }

  /**
   * Throws if the caller cannot wait; called before an operation begins that may have to.
   *
   * @param loop the loop of the operation
   * @param operation the name of the operation
   * @throws IllegalStateException if the caller is not the body of a coroutine of the loop
   */
  static void requireBodyOf(BaseEventLoop loop, String operation) {
    Fiber<?> fiber = bodyThatAwaits(operation);
    if (fiber.owner() != loop) {
      throw new IllegalStateException(
          "cannot wait in %s of %s: it was called in a task of %s; call it in a task of that loop"
              .formatted(operation, loop, fiber.owner()));
    }
  }

  private static Fiber<?> bodyThatAwaits(Object what) {
    Fiber<?> fiber = Fiber.current();
    if (fiber == null || !fiber.awaits()) {
      throw new IllegalStateException(
          "cannot wait for %s: %s is not a task; call this in a task, or use addDoneCallback"
              .formatted(what, fiber == null ? Described.currentThread() : "a callback"));
    }
    return fiber;
  }
}
