package org.asyncio4j.tck.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.asyncio4j.tck.probe.FairClock.Load;
import org.junit.jupiter.api.Test;

final class FairClockTest {

  private static final long BEAT = Duration.ofMillis(10).toNanos();

  private final FairClock clock = new FairClock();

  @Test
  void onAQuietMachineItIsAnOrdinaryClock() {
    clock.use(new Load(0.1, 0.1, 1));
    clock.advance(BEAT);
    clock.advance(BEAT);
    assertThat(clock.nanos()).isEqualTo(2 * BEAT);
  }

  @Test
  void aProcessThatUsesTheWholeMachineItselfGetsNoMoreTime() {
    clock.use(new Load(1, 1, 0.5));
    clock.advance(BEAT);
    assertThat(clock.nanos()).isEqualTo(BEAT);
  }

  @Test
  void whileOthersTakeTheMachineItRunsAsFastAsOurShare() {
    clock.use(new Load(1, 0.25, 0.1));
    clock.advance(BEAT);
    assertThat(clock.nanos()).isEqualTo(BEAT / 4);
  }

  @Test
  void aProcessThatOnlyWaitsIsNotStarved() {
    clock.use(new Load(1, 0.01, 0.5));
    clock.advance(BEAT);
    assertThat(clock.nanos()).isEqualTo(BEAT / 2);
  }

  @Test
  void aMachineThatDoesNotTellItsLoadIsTakenForAQuietOne() {
    clock.use(new Load(-1, -1, 0.25));
    clock.advance(BEAT);
    clock.use(new Load(Double.NaN, Double.NaN, 0.25));
    clock.advance(BEAT);
    clock.use(new Load(1, -1, 0.25));
    clock.advance(BEAT);
    assertThat(clock.nanos()).isEqualTo(3 * BEAT);
  }

  @Test
  void aPauseOfTheMachineHardlyCounts() {
    clock.advance(Duration.ofSeconds(30).toNanos());
    assertThat(clock.nanos()).isEqualTo(2 * BEAT);
  }

  @Test
  void theClockOfThisProcessRuns() throws InterruptedException {
    long start = FairClock.nanoTime();
    while (FairClock.nanoTime() == start) {
      Thread.sleep(1);
    }
    assertThat(FairClock.deadline(Duration.ofSeconds(1)))
        .isGreaterThan(start + Duration.ofSeconds(1).toNanos());
  }
}
