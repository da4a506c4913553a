package org.asyncio4j.spi.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.LoopStatistics;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;

class LoopStatisticsTest {

  private static final Duration LATER = Duration.ofHours(1);

  @OnEachEngine
  void countTheWorkOfTheLoop(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      assertThat(loop.statistics()).isEqualTo(new LoopStatistics(0, 0, 0, 0));
      loop.run(() -> {
        TimerHandle timer = loop.callLater(LATER, () -> {});
        TimerHandle cancelled = loop.callLater(LATER, () -> {});
        cancelled.cancel();
        LoopStatistics before = loop.statistics();
        assertThat(before.tasks()).isEqualTo(1);
        assertThat(before.timers()).isEqualTo(1);
        loop.callSoon(() -> {});
        assertThat(loop.statistics().callbacks()).isEqualTo(before.callbacks() + 1);
        assertThat(loop.statistics().ticks()).isEqualTo(before.ticks());

        Asyncio.sleep(Duration.ZERO);
        timer.cancel();
        assertThat(loop.statistics().ticks()).isEqualTo(before.ticks() + 1);
        assertThat(loop.statistics().timers()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aForeignThreadIsRefused(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        FutureTask<LoopStatistics> foreign = new FutureTask<>(loop::statistics);
        Thread.ofPlatform().start(foreign).join();
        assertThatThrownBy(foreign::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(WrongThreadException.class);
        return null;
      });
    }
  }
}
