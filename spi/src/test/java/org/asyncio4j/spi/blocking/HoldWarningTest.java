package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncio4j.spi.blocking.HeldLoop.SECOND;

import java.time.Duration;
import java.util.Arrays;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.CapturedLog;
import org.asyncio4j.spi.fixture.HangGuard;
import org.example.Culprit;
import org.junit.jupiter.api.Test;

/** Warnings of code that holds a loop of the hand-off engine. */
@HangGuard
class HoldWarningTest {

  @Test
  void aTaskThatHoldsTheLoopIsLoggedOnceForEachPlace() {
    try (CapturedLog log = CapturedLog.start();
        HeldLoop loop = HeldLoop.open()) {
      loop.runUntilComplete(
          loop.createTask(
              () -> {
                for (int i = 0; i < 2; i++) {
                  Culprit.park(loop.opensAfter(SECOND));
                }
                Culprit.parkElsewhere(loop.opensAfter(SECOND));
                return null;
              },
              TaskOptions.named("culprit")));
      HeldLoop.spinUntil(() -> log.messages().size() >= 2);

      assertThat(log.messages())
          .hasSize(2)
          .allSatisfy(message ->
              assertThat(message)
                  .startsWith("task culprit has held loop asyncio4j-parking for ")
                  .contains("Asyncio.toThread"));
      assertThat(log.thrown())
          .extracting(thrown -> Arrays.toString(thrown.getStackTrace()))
          .anyMatch(stack -> stack.contains("Culprit.park("))
          .anyMatch(stack -> stack.contains("Culprit.parkElsewhere("));
    }
  }

  @Test
  void aCallbackThatParksIsLogged() {
    try (CapturedLog log = CapturedLog.start();
        HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        loop.callSoon(() -> {
          try {
            Culprit.park(loop.opensAfter(SECOND));
          } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
          }
        });
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        return null;
      });
      HeldLoop.spinUntil(() -> !log.messages().isEmpty());

      assertThat(log.messages()).singleElement().asString().startsWith("a callback has held loop");
    }
  }

  @Test
  void aTaskThatParksBrieflyAwaitsOrComputesIsNotLogged() {
    try (CapturedLog log = CapturedLog.start();
        HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        Culprit.park(loop.opensAfter(SECOND.minusNanos(1)));
        loop.callSoonThreadsafe(() -> {});
        Task<String> waits = loop.createTask(() -> loop.<String>createFuture().await());
        Awaiter.yieldOnce();
        loop.pass(SECOND.multipliedBy(10));
        long seen = loop.readings();
        // Computes; the watch does not read the clock for that, so use the real one.
        long start = System.nanoTime();
        while (System.nanoTime() - start < Duration.ofMillis(200).toNanos()) {
          Thread.onSpinWait();
        }
        assertThat(loop.readings()).isGreaterThanOrEqualTo(seen);
        waits.cancel();
        return null;
      });

      assertThat(log.messages()).isEmpty();
    }
  }
}
