package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Expiry;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;

/** The end of a time limit, as tasks schedule it. */
@HangGuard
class ExpiryTest {

  private final List<String> trace = new ArrayList<>();

  @OnEachEngine
  void itHappensOnceEvenIfItIsRescheduledAfterwards(CoroutineMode mode) {
    run(
        mode,
        (loop, task) -> {
          Expiry expiry = task.scheduleExpiry(loop.time(), () -> trace.add("up"));
          Awaiter.yieldOnce();
          expiry.reschedule(loop.time());
          Awaiter.yieldOnce();
          expiry.close();
        });
    assertThat(trace).containsExactly("up");
  }

  @OnEachEngine
  void itMovesAndEnds(CoroutineMode mode) {
    run(
        mode,
        (loop, task) -> {
          Expiry moved = task.scheduleExpiry(Expiry.NEVER, () -> trace.add("moved"));
          Expiry lifted = task.scheduleExpiry(loop.time(), () -> trace.add("lifted"));
          Expiry closed = task.scheduleExpiry(loop.time(), () -> trace.add("closed"));
          moved.reschedule(loop.time());
          lifted.reschedule(Expiry.NEVER);
          closed.close();
          Awaiter.yieldOnce();
          Awaiter.yieldOnce();
          lifted.close();
          moved.close();
        });
    assertThat(trace).containsExactly("moved");
  }

  private static void run(CoroutineMode mode, Body body) {
    try (TestLoop loop = new TestLoop(LoopContext.defaults().withCoroutines(mode))) {
      loop.run(() -> {
        body.run(loop, Asyncio.currentTask().orElseThrow());
        return null;
      });
    }
  }

  /** The body of a task. */
  @FunctionalInterface
  private interface Body {
    void run(TestLoop loop, Task<?> task);
  }
}
