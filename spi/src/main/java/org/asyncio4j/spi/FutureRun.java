package org.asyncio4j.spi;

import java.util.function.Consumer;
import org.asyncio4j.core.Future;
import org.jspecify.annotations.Nullable;

/** Runs a loop until a future is done (asyncio, {@code run_until_complete}). */
final class FutureRun<T extends @Nullable Object> {

  private final BaseEventLoop loop;
  private final Future<T> future;

  FutureRun(BaseEventLoop loop, Future<T> future) {
    this.loop = loop;
    this.future = future;
  }

  T result() {
    if (future.loop() != loop) {
      throw new IllegalArgumentException(
          "cannot run %s on %s: it belongs to %s".formatted(future, loop, future.loop()));
    }
    loop.core().ensureMayRun();
    Consumer<Future<T>> end = done -> loop.stop();
    future.addDoneCallback(end);
    try {
      loop.runForever();
    } finally {
      future.removeDoneCallback(end);
    }
    if (!future.isDone()) {
      throw new IllegalStateException("Event loop stopped before Future completed: " + future);
    }
    return future.result();
  }
}
