package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.blocking.HeldLoop.TEN;
import static org.asyncio4j.spi.blocking.HeldLoop.assertNothingIsLeft;
import static org.asyncio4j.spi.blocking.HeldLoop.awaitParked;
import static org.asyncio4j.spi.blocking.HeldLoop.ownTask;

import java.util.concurrent.SynchronousQueue;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.fixture.HangGuard;
import org.junit.jupiter.api.Test;

/** Cancellations of bodies that park outside {@code await} on the hand-off engine. */
@HangGuard
class HeldRequestTest {

  private final SynchronousQueue<String> queue = new SynchronousQueue<>();

  @Test
  void aTaskThatMustNotBeInterruptedIsNot() {
    try (HeldLoop loop = HeldLoop.open()) {
      Task<String> task =
          loop.createTask(
              () -> {
                Thread body = Thread.currentThread();
                loop.help(() -> {
                  awaitParked(body);
                  loop.pass(TEN);
                  currentTaskOf(loop).cancelThreadsafe("enough");
                  loop.awaitLooks();
                  queue.put("in its own time");
                });
                return Asyncio.timeout(TEN, queue::take);
              },
              TaskOptions.defaults().withInterruptOnCancel(false));
      loop.run(() -> {
        assertThat(task.await()).isEqualTo("in its own time");
        return null;
      });
    }
  }

  @Test
  void aRequestThatTheLoopHasServedDoesNotInterrupt() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        Task<String> task =
            loop.createTask(() -> {
              try {
                return loop.<String>createFuture().await();
              } catch (CancelledError seen) {
                int ignored = ownTask().uncancel();
                loop.putWhenLookedAt(queue, "goes on");
                return queue.take();
              }
            });
        Awaiter.yieldOnce();
        loop.help(() -> task.cancelThreadsafe("enough"));
        assertThat(task.await()).isEqualTo("goes on");
        return null;
      });
    }
  }

  @Test
  void aBodyThatLooksAtTheRequestIsNotInterruptedAgain() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        Task<?> own = ownTask();
        Thread body = Thread.currentThread();
        loop.help(() -> {
          awaitParked(body);
          own.cancelThreadsafe("enough");
        });
        assertThatThrownBy(queue::take).isInstanceOf(InterruptedException.class);
        assertThat(own.cancelling()).isEqualTo(1);
        loop.putWhenLookedAt(queue, "goes on");
        assertThat(queue.take()).isEqualTo("goes on");
        assertThat(own.uncancel()).isZero();
        assertNothingIsLeft();
        return null;
      });
    }
  }

  private static Task<?> currentTaskOf(BaseEventLoop loop) {
    return loop.allTasks().stream()
        .filter(task -> task.toString().contains("pending"))
        .findFirst()
        .orElseThrow();
  }
}
