package org.asyncio4j.internal.stream;

import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.internal.waiting.TaskCheck;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for the same event, and continue together. Each has its own future, so a
 * cancelled task neither cancels the others nor takes their wake-up.
 */
final class Wakeups {

  private final EventLoop loop;
  private final List<Promise<@Nullable Void>> waiting = new ArrayList<>();

  Wakeups(EventLoop loop) {
    this.loop = loop;
  }

  /**
   * Suspends the current task until {@link #wakeAll()}.
   *
   * @param operation the method that the program called
   */
  void await(String operation) {
    TaskCheck.requireTask(loop, operation);
    Promise<@Nullable Void> wakeup = loop.createFuture();
    waiting.add(wakeup);
    try {
      wakeup.await();
    } finally {
      waiting.remove(wakeup);
    }
  }

  void wakeAll() {
    for (Promise<@Nullable Void> wakeup : waiting) {
      wakeup.trySetResult(null);
    }
  }
}
