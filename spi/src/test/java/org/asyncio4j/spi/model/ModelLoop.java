package org.asyncio4j.spi.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The loop of the model: a queue, timers, and a time that passes only when nothing can run. Timers
 * of the same time run in the order in which they were set (asyncio leaves it open).
 */
final class ModelLoop {

  /** A callback that may be cancelled. */
  static final class Handle {

    private final long when;
    private final Runnable callback;
    private boolean cancelled;

    private Handle(long when, Runnable callback) {
      this.when = when;
      this.callback = callback;
    }

    void cancel() {
      cancelled = true;
    }
  }

  private final Deque<Handle> ready = new ArrayDeque<>();
  private final List<Handle> timers = new ArrayList<>();
  private long now;
  private ModelTask current;

  long now() {
    return now;
  }

  ModelTask current() {
    return current;
  }

  /** Returns the previous one. */
  ModelTask swapCurrent(ModelTask task) {
    ModelTask former = current;
    current = task;
    return former;
  }

  Handle callSoon(Runnable callback) {
    Handle handle = new Handle(now, callback);
    ready.add(handle);
    return handle;
  }

  Handle callAt(long when, Runnable callback) {
    Handle handle = new Handle(when, callback);
    timers.add(handle);
    return handle;
  }

  void runUntilIdle() {
    while (tick()) {
      // Another one.
    }
  }

  private boolean tick() {
    timers.removeIf(timer -> timer.cancelled);
    if (ready.isEmpty()) {
      if (timers.isEmpty()) {
        return false;
      }
      now = Math.max(now, timers.stream().mapToLong(timer -> timer.when).min().orElseThrow());
    }
    timers.stream()
        .filter(timer -> timer.when <= now)
        .sorted(Comparator.comparingLong(timer -> timer.when))
        .forEach(ready::add);
    timers.removeIf(timer -> timer.when <= now);
    for (int left = ready.size(); left > 0; left--) {
      Handle handle = ready.remove();
      if (!handle.cancelled) {
        handle.callback.run();
      }
    }
    return true;
  }
}
