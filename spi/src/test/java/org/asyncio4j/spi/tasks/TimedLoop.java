package org.asyncio4j.spi.tasks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.TestLoop;

/** A test loop whose time stands still until the test lets some pass. */
final class TimedLoop extends TestLoop {

  static final Duration TEN = Duration.ofMillis(10);

  private final AtomicLong now;

  private TimedLoop(CoroutineMode mode, AtomicLong now) {
    super(LoopContext.defaults().withCoroutines(mode).withClock(now::get));
    this.now = now;
  }

  static TimedLoop timed(CoroutineMode mode) {
    return new TimedLoop(mode, new AtomicLong(1_000_000_000L));
  }

  void pass(Duration duration) {
    now.addAndGet(duration.toNanos());
  }

  /** Lets everything that is ready run until nothing new can happen without time; in a task. */
  static void settle() {
    for (int ticks = 0; ticks < 20; ticks++) {
      Awaiter.yieldOnce();
    }
  }

  /** Lets the others run until a task is done; in a task. */
  static <T> Task<T> finish(Task<T> task) {
    yieldUntil(task::isDone);
    return task;
  }

  static void fail(IOException failure) throws IOException {
    throw failure;
  }
}
