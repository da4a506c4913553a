package org.asyncio4j.spi.completion;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries the outcome of operations from the threads that end them to the thread that polls, in the
 * order in which they end. For drivers whose system reports on its own threads, such as
 * asynchronous channels or threads that block; a system with a completion queue of its own, such as
 * io_uring, needs none of this.
 *
 * <p>Other threads see {@link PendingOperation} only. It does not lead to the completion, so a loop
 * that is forgotten while operations are pending can be collected.
 */
public final class CompletionQueue {

  private final BlockingQueue<PendingOperation<?>> ended = new LinkedBlockingQueue<>();
  private final Map<PendingOperation<?>, Runnable> reports = new HashMap<>();
  private final PendingOperation<@Nullable Void> wakeUp = new PendingOperation<>(ended);

  /** Creates an empty queue. */
  public CompletionQueue() {}

  /**
   * Registers an operation that is about to start.
   *
   * @param onSuccess is called inside {@link #poll} with the result
   * @param onFailure is called inside {@link #poll} with the failure
   * @param <T> the result
   * @return the operation, for the thread that ends it
   */
  public <T extends @Nullable Object> PendingOperation<T> begin(
      Consumer<? super T> onSuccess, Consumer<? super IOException> onFailure) {
    requireNonNull(onSuccess, "onSuccess");
    requireNonNull(onFailure, "onFailure");
    PendingOperation<T> operation = new PendingOperation<>(ended);
    reports.put(operation, () -> operation.report(onSuccess, onFailure));
    return operation;
  }

  /**
   * Waits until an operation has ended, {@link #wakeUp()} is called, or the time has passed, then
   * reports all operations that have ended. Returns early, and still interrupted, if the thread is
   * interrupted.
   *
   * @param waitNanos as for {@link CompletionPort#poll}
   */
  public void poll(long waitNanos) {
    try {
      PendingOperation<?> operation = ended.poll(waitNanos, TimeUnit.NANOSECONDS);
      for (; operation != null; operation = ended.poll()) {
        Runnable report = reports.remove(operation);
        if (report != null) {
          report.run();
        }
      }
    } catch (InterruptedException early) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes the current or the next {@link #poll} end at once. May be called on any thread. */
  public void wakeUp() {
    if (ended.isEmpty()) {
      ended.add(wakeUp);
    }
  }
}
