package org.asyncio4j.spi.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/**
 * Law 6: a platform thread with a large stack carries the fibers, whichever thread runs the loop.
 */
@HangGuard
class CarrierLaw6ThreadTest {

  private static final int FRAMES = 100_000;

  @OnEachEngine
  void aVirtualThreadMayRunALoop(CoroutineMode mode) throws InterruptedException {
    AtomicReference<Object> answer = new AtomicReference<>();
    Thread runner =
        Thread.startVirtualThread(() -> {
          try (TestLoop loop = TestLoop.on(mode)) {
            answer.set(
                loop.run(() -> {
                  Awaiter.yieldOnce();
                  return "hello";
                }));
          } catch (Throwable thrown) {
            answer.set(thrown);
          }
        });
    runner.join();
    assertThat(answer.get()).isEqualTo("hello");
  }

  @Test
  void aTaskMayRecurseDeeply() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      assertThat(loop.run(() -> depth(FRAMES))).isEqualTo(FRAMES);
    }
  }

  @Test
  void aCallbackMayRecurseDeeply() {
    int[] depth = {0};
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.callSoon(() -> depth[0] = depth(FRAMES));
      loop.run(() -> null);
    }
    assertThat(depth[0]).isEqualTo(FRAMES);
  }

  @OnEachEngine
  void anInterruptOfTheThreadThatRunsTheLoopIsKeptForLater(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      Thread.currentThread().interrupt();
      String answer =
          loop.run(() -> {
            Awaiter.yieldOnce();
            return "hello";
          });
      assertThat(answer).isEqualTo("hello");
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  private static int depth(int frames) {
    return frames == 0 ? 0 : 1 + depth(frames - 1);
  }
}
