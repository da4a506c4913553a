package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;

@HangGuard
class SwallowedCancellationTest {

  @OnEachEngine
  void aTaskThatReturnsAlthoughItWasCancelledIsReportedOnceWithItsOrigin(CoroutineMode mode) {
    try (TestLoop loop = debugging(mode)) {
      Task<String> deaf = cancelled(loop, false);

      List<ErrorReport> reports = loop.takeReports();
      assertThat(reports).hasSize(1);
      assertThat(reports.getFirst().message())
          .startsWith("Task was cancelled but returned a value")
          .contains("uncancel()");
      assertThat(reports.getFirst().future()).contains(deaf);
      assertThat(reports.getFirst().createdAt().orElseThrow().getStackTrace())
          .anyMatch(frame -> frame.getMethodName().contains("cancelled"));
    }
  }

  @OnEachEngine
  void aTaskThatTakesTheRequestBackIsNotReported(CoroutineMode mode) {
    try (TestLoop loop = debugging(mode)) {
      Task<String> deaf = cancelled(loop, true);
      assertThat(deaf.result()).isEqualTo("went on");
      assertThat(loop.takeReports()).isEmpty();
    }
  }

  @OnEachEngine
  void withoutDebugModeNothingIsReported(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      Task<String> deaf = cancelled(loop, false);
      assertThat(deaf.result()).isEqualTo("went on");
      assertThat(loop.takeReports()).isEmpty();
    }
  }

  private static Task<String> cancelled(TestLoop loop, boolean takesBack) {
    return loop.run(() -> {
      Promise<String> never = loop.createFuture();
      Task<String> task =
          loop.createTask(() -> {
            try {
              return never.await();
            } catch (CancelledError requested) {
              if (takesBack) {
                int left = loop.currentTask().orElseThrow().uncancel();
                assertThat(left).isZero();
              }
              return "went on";
            }
          });
      Awaiter.yieldOnce();
      assertThat(task.cancel()).isTrue();
      assertThat(task.await()).isEqualTo("went on");
      Awaiter.yieldOnce();
      return task;
    });
  }

  private static TestLoop debugging(CoroutineMode mode) {
    TestLoop loop = TestLoop.on(mode);
    loop.setDebug(true);
    loop.setSlowCallbackDuration(Duration.ofHours(1));
    return loop;
  }
}
