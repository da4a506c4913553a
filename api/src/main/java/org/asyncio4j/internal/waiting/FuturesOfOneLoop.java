package org.asyncio4j.internal.waiting;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.bootstrap.RunningLoop;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/**
 * Futures that a task may wait for together, because they belong to one loop, and to the running
 * one if there is one.
 *
 * @param loop the loop
 * @param futures the futures, as they were given
 */
record FuturesOfOneLoop<T extends @Nullable Object>(EventLoop loop, List<Future<T>> futures) {

  /**
   * Checks futures before anything is done with them.
   *
   * @throws IllegalArgumentException if one belongs to another loop
   * @throws IllegalStateException if there are no futures, and no loop is running on the calling
   *     thread
   */
  static <T extends @Nullable Object> FuturesOfOneLoop<T> of(
      Collection<? extends Future<? extends T>> given) {
    List<Future<T>> futures = new ArrayList<>();
    for (Future<? extends T> future : requireNonNull(given, "futures")) {
      futures.add(covariant(requireNonNull(future, "future")));
    }
    EventLoop running = LoopBootstraps.get().runningLoop();
    EventLoop loop = running != null || futures.isEmpty() ? running : futures.getFirst().loop();
    if (loop == null) {
      throw RunningLoop.missing();
    }
    for (Future<T> future : futures) {
      if (future.loop() != loop) {
        throw new IllegalArgumentException(
            "cannot wait for futures on %s: %s belongs to %s; wait for it there, with Asyncio.runCoroutineThreadsafe"
                .formatted(loop, future, future.loop()));
      }
    }
    return new FuturesOfOneLoop<>(loop, Collections.unmodifiableList(futures));
  }

  /** Returns the futures without duplicates (by identity), in order. */
  List<Future<T>> distinct() {
    Set<Future<T>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return futures.stream().filter(seen::add).toList();
  }

  /**
   * The current task.
   *
   * @throws IllegalStateException if there is none
   */
  Task<?> currentTask(String operation) {
    Optional<Task<?>> current =
        LoopBootstraps.get().runningLoop() == loop ? loop.currentTask() : Optional.empty();
    return current.orElseThrow(() ->
        new IllegalStateException(
            "cannot call %s: no task runs on %s; call it in a task, or use addDoneCallback"
                .formatted(operation, Described.currentThread())));
  }

  // Only the value of a future is read, so a future of a subtype is fine.
  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> Future<T> covariant(Future<? extends T> future) {
    return (Future<T>) future;
  }
}
