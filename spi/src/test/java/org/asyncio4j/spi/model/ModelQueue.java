package org.asyncio4j.spi.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** {@code asyncio.Queue} (table E4). */
final class ModelQueue {

  private final Deque<ModelFuture> getters = new ArrayDeque<>();
  private final Deque<ModelFuture> putters = new ArrayDeque<>();
  private final Deque<String> items = new ArrayDeque<>();
  private final int places;

  ModelQueue(int places) {
    this.places = places;
  }

  void put(ModelTask task, String item, Consumer<Completion> next) {
    if (!isFull()) {
      items.add(item);
      wakeNext(getters);
      next.accept(Completion.NOTHING);
      return;
    }
    waitIn(
        putters,
        task,
        woken -> {
          if (woken instanceof Completion.Raised) {
            next.accept(woken);
          } else {
            put(task, item, next);
          }
        },
        () -> !isFull());
  }

  void get(ModelTask task, Consumer<Completion> next) {
    if (!items.isEmpty()) {
      String item = items.remove();
      wakeNext(putters);
      next.accept(new Completion.Value(item));
      return;
    }
    waitIn(
        getters,
        task,
        woken -> {
          if (woken instanceof Completion.Raised) {
            next.accept(woken);
          } else {
            get(task, next);
          }
        },
        () -> !items.isEmpty());
  }

  private boolean isFull() {
    return places > 0 && items.size() >= places;
  }

  private static void waitIn(
      Deque<ModelFuture> line,
      ModelTask task,
      Consumer<Completion> next,
      BooleanSupplier worthWaking) {
    ModelFuture waiter = new ModelFuture(task.loop());
    line.add(waiter);
    task.await(
        waiter,
        woken -> {
          if (woken instanceof Completion.Raised) {
            boolean wasWoken = waiter.isDone() && !waiter.isCancelled();
            waiter.cancel(null);
            line.remove(waiter);
            if (wasWoken && worthWaking.getAsBoolean()) {
              wakeNext(line);
            }
          }
          next.accept(woken);
        });
  }

  private static void wakeNext(Deque<ModelFuture> line) {
    while (!line.isEmpty()) {
      ModelFuture waiter = line.remove();
      if (!waiter.isDone()) {
        waiter.release();
        return;
      }
    }
  }
}
