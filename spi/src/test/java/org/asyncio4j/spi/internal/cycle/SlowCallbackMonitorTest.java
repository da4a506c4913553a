package org.asyncio4j.spi.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.CapturedLog;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.example.Culprit;
import org.junit.jupiter.api.Test;

/** What holds the loop waits here until it is warned of, so the warning comes while it does. */
@HangGuard
class SlowCallbackMonitorTest {

  @OnEachEngine
  void aSlowStepIsLoggedWithItsStackWhileItRuns(CoroutineMode mode) {
    try (CapturedLog log = CapturedLog.start();
        TestLoop loop = debugging(mode)) {
      loop.runUntilComplete(
          loop.createTask(
              () -> {
                holdUntilWarned(log);
                return null;
              },
              TaskOptions.named("culprit")));

      assertThat(log.messages())
          .filteredOn(text -> text.contains("culprit"))
          .singleElement()
          .asString()
          .contains("seconds so far");
    }
  }

  @OnEachEngine
  void aSlowCallbackIsLoggedWithItsStackWhileItRuns(CoroutineMode mode) {
    try (CapturedLog log = CapturedLog.start();
        TestLoop loop = debugging(mode)) {
      loop.run(() -> {
        Promise<String> end = loop.createFuture();
        loop.callSoon(() -> {
          holdUntilWarned(log);
          end.setResult("done");
        });
        return end.await();
      });

      assertThat(log.messages()).anyMatch(text -> text.contains("seconds so far"));
    }
  }

  @OnEachEngine
  void aBodyThatParksIsLoggedWhereItHoldsTheLoop(CoroutineMode mode) {
    try (CapturedLog log = CapturedLog.start();
        TestLoop loop = debugging(mode)) {
      CountDownLatch seen = new CountDownLatch(1);
      Thread watcher =
          Thread.ofPlatform()
              .start(() -> {
                if (mode == CoroutineMode.HANDOFF) {
                  TestLoop.spinUntil(() -> saysParked(log, "parking"));
                }
                seen.countDown();
              });
      loop.runUntilComplete(
          loop.createTask(
              () -> {
                seen.await();
                return null;
              },
              TaskOptions.named("parking")));
      TestLoop.spinUntil(() -> !watcher.isAlive());

      assertThat(saysParked(log, "parking")).isEqualTo(mode == CoroutineMode.HANDOFF);
    }
  }

  @OnEachEngine
  void debugModeMayBeTurnedOnAndOffWhileTheLoopRuns(CoroutineMode mode) {
    try (CapturedLog log = CapturedLog.start();
        TestLoop loop = debugging(mode)) {
      loop.setDebug(false);
      loop.run(() -> {
        loop.setDebug(true);
        Awaiter.yieldOnce();
        holdUntilWarned(log);
        loop.setDebug(false);
        return null;
      });
      int warned = log.messages().size();

      loop.run(() -> "unwatched");
      assertThat(log.messages()).hasSize(warned);
    }
  }

  @Test
  void stepsThatTheWatchHasNotSeenAreLoggedAfterwards() {
    SlowCallbackMonitor unwatched = new SlowCallbackMonitor(System::nanoTime);
    unwatched.setThreshold(Duration.ofNanos(1));
    SlowCallbackMonitor.Watched watched = unwatched.begin(nothing(), Thread.currentThread());
    long start = System.nanoTime();
    TestLoop.spinUntil(() -> System.nanoTime() > start);

    assertThat(unwatched.end(watched)).isPositive();
    assertThat(unwatched.end(watched)).as("once only").isZero();
  }

  @Test
  void parkedCodeThatDoesNotHoldTheLoopIsNotSlow() {
    SlowCallbackMonitor monitor = new SlowCallbackMonitor(System::nanoTime);
    monitor.setThreshold(Duration.ofNanos(1));
    SlowCallbackMonitor.Watched watched = monitor.begin(nothing(), Thread.currentThread());
    monitor.parked();
    long start = System.nanoTime();
    TestLoop.spinUntil(() -> System.nanoTime() > start);

    assertThat(monitor.end(watched)).isZero();
  }

  @Test
  void theThresholdIsPositive() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      assertThatThrownBy(() -> loop.setSlowCallbackDuration(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("slowCallbackDuration must be positive: PT0S");
    }
  }

  private static ReadyEntry nothing() {
    return new ReadyEntry() {
      @Override
      public void run() {}
    };
  }

  private static TestLoop debugging(CoroutineMode mode) {
    TestLoop loop = TestLoop.on(mode);
    loop.setDebug(true);
    loop.setSlowCallbackDuration(Duration.ofMillis(5));
    return loop;
  }

  private static void holdUntilWarned(CapturedLog log) {
    Culprit.holdUntil(
        () -> stacks(log).stream().anyMatch(stack -> stack.contains("Culprit.holdUntil")));
  }

  private static boolean saysParked(CapturedLog log, String name) {
    return log.messages().stream()
        .anyMatch(text -> text.contains(name) && text.contains("parked outside await()"));
  }

  private static List<String> stacks(CapturedLog log) {
    return log.thrown().stream().map(thrown -> Arrays.toString(thrown.getStackTrace())).toList();
  }
}
