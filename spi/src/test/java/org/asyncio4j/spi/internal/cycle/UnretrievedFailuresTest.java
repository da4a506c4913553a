package org.asyncio4j.spi.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

@HangGuard
class UnretrievedFailuresTest {

  private final List<ErrorReport> reports = new CopyOnWriteArrayList<>();

  @OnEachEngine
  void anUnretrievedFailureIsReportedOnce(CoroutineMode mode) {
    try (TestLoop loop = reporting(mode)) {
      loop.run(() -> {
        collect(loop, promise -> {});
        TestLoop.yieldUntil(() -> {
          System.gc();
          return !reports.isEmpty();
        });
        for (int i = 0; i < 10; i++) {
          System.gc();
          Awaiter.yieldOnce();
        }
        return null;
      });
    }
    assertThat(reports)
        .singleElement()
        .satisfies(report -> {
          assertThat(report.message()).isEqualTo("Future exception was never retrieved");
          assertThat(report.exception().orElseThrow()).hasMessage("on purpose");
        });
  }

  @OnEachEngine
  void theFailureOfATaskIsReportedWithItsName(CoroutineMode mode) {
    try (TestLoop loop = reporting(mode)) {
      loop.run(() -> {
        collectTask(loop);
        TestLoop.yieldUntil(() -> {
          System.gc();
          return !reports.isEmpty();
        });
        return null;
      });
    }
    assertThat(reports)
        .singleElement()
        .satisfies(report ->
            assertThat(report.message()).isEqualTo("Task lost exception was never retrieved"));
  }

  @Test
  void aFailureThatWasRetrievedIsNotReported() {
    assertThatNothingIsReported(
        promise -> assertThatThrownBy(promise::result).isInstanceOf(IllegalStateException.class));
    assertThatNothingIsReported(promise -> assertThat(promise.exception()).isPresent());
    assertThatNothingIsReported(
        promise -> assertThatThrownBy(promise::await).isInstanceOf(IllegalStateException.class));
    // asyncio: cancelling a failed future counts as retrieval
    assertThatNothingIsReported(promise -> assertThat(promise.cancel()).isFalse());
  }

  @Test
  void aFailureThatIsCollectedAfterTheLoopWasClosedIsReportedByACleaner() {
    assertThatACleanerReports();
  }

  @Test
  void aFailureThatIsRetrievedAfterTheLoopWasClosedIsNotReported() {
    Promise<?> promise;
    WeakReference<Promise<?>> collected;
    try (TestLoop loop = reporting(CoroutineMode.CARRIER)) {
      promise = loop.createFuture();
      promise.setException(new IllegalStateException("on purpose"));
      collected = new WeakReference<>(promise);
    }
    assertThat(promise.exception().orElseThrow()).hasMessage("on purpose");
    promise = null;
    TestLoop.spinUntil(() -> {
      System.gc();
      return collected.refersTo(null);
    });
    // another one that is reported shows that the cleaner has had its turn
    assertThatACleanerReports();
  }

  @Test
  void aReportInDebugModeShowsWhereTheFutureWasMade() {
    try (TestLoop loop = reporting(CoroutineMode.CARRIER)) {
      loop.setDebug(true);
      loop.setSlowCallbackDuration(Duration.ofHours(1));
      loop.run(() -> {
        collect(loop, promise -> {});
        TestLoop.yieldUntil(() -> {
          System.gc();
          return !reports.isEmpty();
        });
        return null;
      });
    }
    assertThat(reports.getFirst().createdAt().orElseThrow().getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("collect"));
  }

  private void assertThatACleanerReports() {
    Promise<?>[] promise = new Promise<?>[1];
    try (TestLoop loop = reporting(CoroutineMode.CARRIER)) {
      promise[0] = loop.createFuture();
      promise[0].setException(new IllegalStateException("on purpose"));
    }
    assertThat(reports).isEmpty();

    promise[0] = null;
    TestLoop.spinUntil(() -> {
      System.gc();
      return !reports.isEmpty();
    });

    assertThat(reports).hasSize(1);
  }

  private void assertThatNothingIsReported(Consumer<Promise<String>> retrieval) {
    try (TestLoop loop = reporting(CoroutineMode.CARRIER)) {
      loop.run(() -> {
        WeakReference<?> future = collect(loop, retrieval);
        TestLoop.yieldUntil(() -> {
          System.gc();
          return future.refersTo(null);
        });
        // a second one that is reported shows that the first had its turn
        collect(loop, promise -> {});
        TestLoop.yieldUntil(() -> {
          System.gc();
          return !reports.isEmpty();
        });
        return null;
      });
    }
    assertThat(reports).hasSize(1);
    reports.clear();
  }

  private static WeakReference<?> collect(TestLoop loop, Consumer<Promise<String>> retrieval) {
    Promise<String> promise = loop.createFuture();
    promise.setException(new IllegalStateException("on purpose"));
    retrieval.accept(promise);
    return new WeakReference<>(promise);
  }

  private static void collectTask(TestLoop loop) {
    Task<?> task =
        loop.createTask(() -> {
          throw new IllegalStateException("on purpose");
        });
    task.setName("lost");
    TestLoop.yieldUntil(task::isDone);
  }

  private TestLoop reporting(CoroutineMode mode) {
    TestLoop loop = TestLoop.on(mode);
    loop.setExceptionHandler((source, report) -> reports.add(report));
    return loop;
  }
}
