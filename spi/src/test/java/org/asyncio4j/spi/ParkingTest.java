package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends the wait of a parked body: the first of a wake-up and an interrupt. */
@HangGuard
class ParkingTest {

  private static final int ROUNDS = 200;

  private final TestLoop loop = TestLoop.onCarrier();
  private final ParkedWait parking =
      new ParkedWait(new BuiltinTask<>(loop, () -> "never", TaskOptions.defaults()), null);

  @AfterEach
  void close() {
    loop.abandon();
  }

  @Test
  void aBodyThatIsParkedIsInterruptedOnce() {
    parking.begin();
    assertThat(parking.isUndecided()).isTrue();
    assertThat(parking.becomeInterrupted()).isTrue();
    assertThat(parking.isInterrupted()).isTrue();
    assertThat(parking.becomeInterrupted()).isFalse();
  }

  @Test
  void aBodyThatRunsOrWasWokenIsNotInterrupted() {
    assertThat(parking.becomeInterrupted()).isFalse();
    parking.begin();
    parking.run();
    assertThat(parking.isUndecided()).isFalse();
    assertThat(parking.becomeInterrupted()).isFalse();
    parking.end();
    assertThat(parking.becomeInterrupted()).isFalse();
  }

  @Test
  void aWakeUpThatComesBeforeTheLoopKnowsThatTheBodyHasParkedCounts() {
    parking.run();
    parking.begin();
    assertThat(parking.becomeInterrupted()).isFalse();
    parking.end();
    parking.begin();
    assertThat(parking.becomeInterrupted()).isTrue();
  }

  @Test
  void aWakeUpAfterTheInterruptChangesNothing() {
    parking.begin();
    assertThat(parking.becomeInterrupted()).isTrue();
    parking.run();
    assertThat(parking.isInterrupted()).isTrue();
  }

  @Test
  void oneOfTwoThatComeAtTheSameTimeWins() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      CountDownLatch start = new CountDownLatch(1);
      parking.end();
      parking.begin();
      Thread waker =
          Thread.ofPlatform()
              .start(() -> {
                start.countDown();
                parking.run();
              });
      start.await();
      boolean interrupted = parking.becomeInterrupted();
      waker.join();
      assertThat(parking.isInterrupted()).isEqualTo(interrupted);
    }
  }
}
