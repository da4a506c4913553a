package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code asyncio.Lock} (table E3). */
final class ModelLock {

  private final List<ModelFuture> waiters = new ArrayList<>();
  private boolean locked;

  void acquire(ModelTask task, Consumer<Completion> next) {
    if (!locked && waiters.stream().allMatch(ModelFuture::isCancelled)) {
      locked = true;
      next.accept(Completion.NOTHING);
      return;
    }
    ModelFuture waiter = new ModelFuture(task.loop());
    waiters.add(waiter);
    task.await(
        waiter,
        woken -> {
          waiters.remove(waiter);
          if (woken instanceof Completion.Raised) {
            if (!locked) {
              wakeFirst();
            }
          } else {
            locked = true;
          }
          next.accept(woken);
        });
  }

  void release() {
    locked = false;
    wakeFirst();
  }

  // asyncio looks at the very first only; if that was cancelled, it wakes the next when it runs.
  private void wakeFirst() {
    for (ModelFuture waiter : waiters) {
      if (!waiter.isCancelled()) {
        waiter.release();
        return;
      }
    }
  }
}
