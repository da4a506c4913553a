package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code asyncio.Event} (table E3). */
final class ModelEvent {

  private final List<ModelFuture> waiters = new ArrayList<>();
  private boolean set;

  void set() {
    if (!set) {
      set = true;
      waiters.forEach(ModelFuture::release);
    }
  }

  void clear() {
    set = false;
  }

  void await(ModelTask task, Consumer<Completion> next) {
    if (set) {
      next.accept(Completion.NOTHING);
      return;
    }
    ModelFuture waiter = new ModelFuture(task.loop());
    waiters.add(waiter);
    task.await(
        waiter,
        woken -> {
          waiters.remove(waiter);
          next.accept(woken);
        });
  }
}
