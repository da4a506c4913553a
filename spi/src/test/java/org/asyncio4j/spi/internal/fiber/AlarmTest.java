package org.asyncio4j.spi.internal.fiber;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.spi.fixture.HangGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When an alarm interrupts a body, here the thread of the test. */
@HangGuard
class AlarmTest {

  private static final int ROUNDS = 20_000;

  private final Alarm alarm = new Alarm(List::of);

  @AfterEach
  void forgetInterrupts() {
    boolean ignored = Thread.interrupted();
  }

  @Test
  void itRingsOnceForEachTime() {
    alarm.set(10, 20);
    assertThat(alarm.isDue(9, List.of())).isFalse();
    assertThat(ring(9)).isFalse();
    assertThat(alarm.isDue(10, List.of())).isTrue();
    assertThat(ring(10)).isTrue();
    assertThat(alarm.hasRung()).isTrue();
    assertThat(alarm.rangAt()).isEqualTo(10);
    assertThat(alarm.isDue(19, List.of())).isFalse();
    assertThat(ring(19)).isFalse();
    assertThat(ring(20)).isTrue();
    assertThat(alarm.rangAt()).isEqualTo(20);
  }

  @Test
  void itReturnsTheNextTime() {
    assertThat(alarm.nextAfter(0, List.of())).isEqualTo(Long.MAX_VALUE);
    alarm.set(Long.MIN_VALUE, 30, 20);
    assertThat(alarm.nextAfter(10, List.of())).isEqualTo(20);
    assertThat(alarm.nextAfter(20, List.of())).isEqualTo(30);
  }

  @Test
  void itRingsOnceForEachRequest() {
    Runnable first = () -> {};
    Runnable second = () -> {};
    alarm.request(first);
    assertThat(ring(0)).isTrue();
    assertThat(ring(0)).isFalse();
    alarm.request(second);
    assertThat(alarm.requests()).containsExactly(first, second);
    assertThat(ring(0)).isTrue();
    alarm.withdraw(first);
    alarm.withdraw(second);
    alarm.reset();
    assertThat(alarm.isDue(0, List.of())).isFalse();
    assertThat(ring(0)).isFalse();
  }

  @Test
  void itDoesNotRingForABodyThatHasContinued() {
    alarm.set(10);
    alarm.ring(Thread.currentThread(), 10, List.of(), () -> false);
    assertThat(alarm.hasRung()).isFalse();
    assertThat(Thread.interrupted()).isFalse();
    assertThat(alarm.isDue(10, List.of())).isTrue();
  }

  @Test
  void aRemovedTimeInterruptsNoThread() throws InterruptedException {
    Thread body = Thread.currentThread();
    AtomicBoolean end = new AtomicBoolean();
    AtomicInteger rings = new AtomicInteger();
    CountDownLatch rang = new CountDownLatch(1);
    Thread watch =
        Thread.ofPlatform()
            .start(() -> {
              while (!end.get()) {
                alarm.ring(
                    body,
                    10,
                    List.of(),
                    () -> {
                      rings.incrementAndGet();
                      rang.countDown();
                      return true;
                    });
              }
            });
    alarm.set(10);
    while (rang.getCount() > 0) {
      Thread.onSpinWait();
    }
    int strays = 0;
    for (int round = 0; round < ROUNDS; round++) {
      alarm.set(10);
      alarm.set();
      if (alarm.hasRung()) {
        boolean ignored = Thread.interrupted();
        alarm.reset();
      }
      strays += Thread.currentThread().isInterrupted() ? 1 : 0;
    }
    end.set(true);
    boolean ignored = Thread.interrupted();
    watch.join();

    assertThat(strays).isZero();
    assertThat(rings.get()).isPositive();
  }

  private boolean ring(long now) {
    alarm.ring(Thread.currentThread(), now, List.of(), () -> true);
    return Thread.interrupted();
  }
}
