package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingConsumer;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.tasks.TaskGroup;

/** A cancellation that was on its way when a limit or group began is not taken for theirs. */
@HangGuard
class UnseenCancellationTest {

  @OnEachEngine
  void aGroupThatIsCancelledLetsItThrough(CoroutineMode mode) {
    assertLetThrough(
        mode,
        never ->
            TaskGroup.run(group -> {
              group.cancel();
              never.await();
            }));
  }

  @OnEachEngine
  void aLimitThatPassesLetsItThrough(CoroutineMode mode) {
    assertLetThrough(mode, never -> Asyncio.timeout(Duration.ZERO, () -> never.await()));
  }

  @OnEachEngine
  void aTaskReportsItUntilItIsSeen(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<?> self = Asyncio.currentTask().orElseThrow();
        assertThat(self.hasUnseenCancellation()).isFalse();
        assertThat(self.cancel()).isTrue();
        assertThat(self.hasUnseenCancellation()).isTrue();
        assertThatThrownBy(() -> Asyncio.sleep(Duration.ZERO)).isInstanceOf(CancelledError.class);
        assertThat(self.hasUnseenCancellation()).isFalse();
        assertThat(self.uncancel()).isZero();
        return null;
      });
    }
  }

  private static void assertLetThrough(
      CoroutineMode mode, ThrowingConsumer<Promise<String>, Exception> block) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<?> task =
            loop.createTask(() -> {
              assertThat(Asyncio.currentTask().orElseThrow().cancel("enough")).isTrue();
              block.accept(never);
              return null;
            });
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        assertThat(task.isCancelled()).isTrue();
        assertThat(task.cancelling()).isEqualTo(1);
        return null;
      });
    }
  }
}
