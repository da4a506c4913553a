package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.blocking.InterruptibleTasks.ownTask;
import static org.asyncio4j.spi.blocking.InterruptibleTasks.settle;

import java.util.concurrent.Callable;
import java.util.concurrent.SynchronousQueue;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/** A cancellation interrupts a body that is parked, as often as it is requested. */
@HangGuard
class InterruptOnCancelTest {

  private final SynchronousQueue<String> queue = new SynchronousQueue<>();

  @Test
  void aTaskThatSleepsIsCancelled() {
    assertThatCancellationEnds(() -> {
      Thread.sleep(Long.MAX_VALUE);
      return null;
    });
  }

  @Test
  void aTaskThatTakesFromAQueueIsCancelled() {
    assertThatCancellationEnds(queue::take);
  }

  @Test
  void aTaskThatParksAgainIsInterruptedByTheNextCancellation() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<Object> task =
            loop.createTask(() -> {
              try {
                queue.take();
              } catch (InterruptedException first) {
                loop.currentTask().orElseThrow().uncancel();
              }
              return queue.take();
            });
        Awaiter.yieldOnce();
        task.cancel("first");
        TestLoop.yieldUntil(() -> task.cancelling() == 0);
        assertThat(task.isDone()).isFalse();
        task.cancel("second");
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("second");
        return null;
      });
    }
  }

  @Test
  void aRequestThatIsTakenBackAtOnceDoesNotInterrupt() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<String> task = loop.createTask(queue::take);
        Awaiter.yieldOnce();
        task.cancel();
        assertThat(task.uncancel()).isZero();
        settle();
        queue.put("goes on");
        assertThat(task.await()).isEqualTo("goes on");
        return null;
      });
    }
  }

  @Test
  void requestsThatComeTogetherInterruptOnce() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        int[] interrupts = new int[1];
        Task<String> task = loop.createTask(() -> takeThoughInterrupted(interrupts));
        Awaiter.yieldOnce();
        task.cancel("first");
        task.cancel("second");
        // After the interrupt, and before the body continues.
        loop.callSoon(() -> task.cancel("third"));
        settle();
        assertThat(interrupts[0]).isEqualTo(1);
        queue.put("goes on");
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("third");
        return null;
      });
    }
  }

  @Test
  void theRequestThatIsLeftInterruptsWhenOneIsTakenBack() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<String> task =
            loop.createTask(() -> {
              try {
                return queue.take();
              } catch (InterruptedException first) {
                assertThat(ownTask().uncancel()).isEqualTo(1);
                return queue.take();
              }
            });
        Awaiter.yieldOnce();
        task.cancel("enough");
        task.cancel("more than enough");
        assertThatThrownBy(task::await)
            .isInstanceOf(CancelledError.class)
            .hasMessage("more than enough")
            .hasCauseInstanceOf(InterruptedException.class);
        return null;
      });
    }
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck") // as pools do that spin
  void aBodyThatYieldsItsThreadIsInterruptedWhereItParks() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        boolean[] stop = new boolean[1];
        boolean[] flag = new boolean[1];
        Task<String> task =
            loop.createTask(() -> {
              while (!stop[0]) {
                Thread.yield();
                flag[0] |= Thread.currentThread().isInterrupted();
              }
              return queue.take();
            });
        settle();
        task.cancel("enough");
        settle();
        assertThat(task.isDone()).isFalse();
        assertThat(flag[0]).isFalse();
        stop[0] = true;
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        return null;
      });
    }
  }

  @Test
  void aTaskThatIsNotToBeInterruptedContinuesUntilItAwaits() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<Object> task =
            loop.createTask(
                () -> {
                  String taken = queue.take();
                  assertThat(Thread.currentThread().isInterrupted()).isFalse();
                  assertThat(taken).isEqualTo("hello");
                  return loop.createFuture().await();
                },
                TaskOptions.defaults().withInterruptOnCancel(false));
        Awaiter.yieldOnce();
        task.cancel("enough");
        for (int i = 0; i < 10; i++) {
          Awaiter.yieldOnce();
        }
        assertThat(task.isDone()).isFalse();

        queue.put("hello");

        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        return null;
      });
    }
  }

  @OnEachEngine
  void aTaskThatAwaitsIsCancelledWithoutAnInterrupt(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<Boolean> task =
            loop.createTask(() -> {
              try {
                loop.createFuture().await();
              } catch (CancelledError seen) {
                ownTask().uncancel();
              }
              return Thread.currentThread().isInterrupted();
            });
        Awaiter.yieldOnce();
        task.cancel();
        assertThat(task.await()).isFalse();
        return null;
      });
    }
  }

  private void assertThatCancellationEnds(Callable<Object> blocking) {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<Object> task = loop.createTask(blocking);
        Awaiter.yieldOnce();
        assertThat(task.cancel("enough")).isTrue();
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        assertThat(task.isCancelled()).isTrue();
        return null;
      });
    }
  }

  private String takeThoughInterrupted(int[] interrupts) {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException swallowed) {
        interrupts[0]++;
      }
    }
  }
}
