package org.asyncio4j.spi.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.Asyncio;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@HangGuard
class AdaptiveSpinTest {

  private static final String PROPERTY = "asyncio4j.spin";
  private static final long LIMIT_NANOS = 50_000;
  private static final long SHORT_WAIT = 2 * LIMIT_NANOS;
  private static final long LONG_WAIT = 100 * LIMIT_NANOS;

  private String before;

  @BeforeEach
  void rememberProperty() {
    before = System.getProperty(PROPERTY);
  }

  @AfterEach
  void restoreProperty() {
    if (before == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }

  @Test
  void isOffUnlessAskedFor() {
    System.clearProperty(PROPERTY);

    assertThat(AdaptiveSpin.ofSystem().isOff()).isTrue();
  }

  @Test
  void isOffOnASingleProcessor() {
    assertThat(new AdaptiveSpin(50, 1).isOff()).isTrue();
    assertThat(new AdaptiveSpin(50, 2).isOff()).isFalse();
  }

  @Test
  void isBounded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdaptiveSpin(1_001, 2))
        .withMessageContaining("asyncio4j.spin must be between 0 and 1000");
    assertThatIllegalArgumentException().isThrownBy(() -> new AdaptiveSpin(-1, 2));
  }

  @Test
  void isTriedOnlyAfterAShortWait() {
    AdaptiveSpin spin = new AdaptiveSpin(50, 2);
    assertThat(spin.nextNanos()).as("nothing is known yet").isZero();

    spin.slept(LONG_WAIT, false);
    assertThat(spin.nextNanos()).isZero();

    spin.slept(SHORT_WAIT, false);
    assertThat(spin.nextNanos()).isEqualTo(LIMIT_NANOS);
  }

  @Test
  void isRepeatedWhileItHelps() {
    AdaptiveSpin spin = new AdaptiveSpin(50, 2);
    spin.slept(SHORT_WAIT, false);

    for (int i = 0; i < 10; i++) {
      assertThat(spin.nextNanos()).isEqualTo(LIMIT_NANOS);
      spin.found();
    }
  }

  @Test
  void isSkippedTwiceAsOftenAfterEachFailure() {
    AdaptiveSpin spin = new AdaptiveSpin(50, 2);
    spin.slept(SHORT_WAIT, false);

    for (int pause : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024}) {
      assertThat(spin.nextNanos()).isEqualTo(LIMIT_NANOS);
      spin.slept(SHORT_WAIT, true);
      for (int i = 0; i < pause; i++) {
        assertThat(spin.nextNanos()).isZero();
        spin.slept(SHORT_WAIT, false);
      }
    }
    assertThat(spin.nextNanos()).isEqualTo(LIMIT_NANOS);
    spin.found();
    spin.slept(SHORT_WAIT, true);
    assertThat(spin.nextNanos()).as("the first pause after a success").isZero();
    assertThat(spin.nextNanos()).isEqualTo(LIMIT_NANOS);
  }

  @Test
  void aLoopLooksForWorkBeforeItSleeps() {
    assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);

    assertThat(pollsWithoutWait(CoroutineMode.CARRIER, "1000"))
        .isGreaterThan(pollsWithoutWait(CoroutineMode.CARRIER, "0"));
  }

  @Test
  void aLoopThatOthersShareTheirThreadWithDoesNot() {
    assertThat(pollsWithoutWait(CoroutineMode.HANDOFF, "1000"))
        .isEqualTo(pollsWithoutWait(CoroutineMode.HANDOFF, "0"));
  }

  /**
   * How often a loop asks without waiting while it waits twenty times for a millisecond. Its time
   * is not that of the machine, so that a wait is short however busy that is.
   */
  private static int pollsWithoutWait(CoroutineMode mode, String spinMicros) {
    System.setProperty(PROPERTY, spinMicros);
    AtomicInteger polls = new AtomicInteger();
    AtomicLong now = new AtomicLong();
    TestLoop loop =
        new TestLoop(LoopContext.defaults().withCoroutines(mode).withClock(now::get)) {
          @Override
          protected void poll(long waitNanos) {
            if (waitNanos == 0) {
              polls.incrementAndGet();
            }
            now.addAndGet(waitNanos);
            super.poll(0);
          }
        };
    try (loop) {
      loop.run(() -> {
        for (int i = 0; i < 20; i++) {
          Asyncio.sleep(Duration.ofMillis(1));
        }
        return null;
      });
    }
    return polls.get();
  }
}
