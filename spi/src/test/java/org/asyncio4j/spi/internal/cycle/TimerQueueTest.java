package org.asyncio4j.spi.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

@HangGuard
class TimerQueueTest {

  private final TimerQueue queue = new TimerQueue();

  @Test
  void timersComeInOrderOfTimeAndThenOfScheduling() {
    // seeded: few distinct times, so that many are equal
    Random random = new Random(42);
    List<TimerCallback> timers = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      timers.add(add(random.nextInt(100)));
    }

    List<TimerCallback> expected = new ArrayList<>(timers);
    // stable, so equal times stay in order of scheduling
    expected.sort(Comparator.comparingLong(TimerHandle::when));
    assertThat(takeDue(Long.MAX_VALUE)).isEqualTo(expected);
  }

  @Test
  void onlyTimersThatAreDueAreTaken() {
    TimerCallback due = add(10);
    TimerCallback later = add(11);

    assertThat(queue.pollDue(9)).isNull();
    assertThat(queue.earliest()).isEqualTo(10);
    assertThat(takeDue(10)).containsExactly(due);
    assertThat(takeDue(11)).containsExactly(later);
    assertThat(queue.earliest()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void timersOfExtremeTimesKeepTheirOrder() {
    TimerCallback never = add(Long.MAX_VALUE);
    TimerCallback longAgo = add(Long.MIN_VALUE);
    TimerCallback now = add(0);

    assertThat(queue.earliest()).isEqualTo(Long.MIN_VALUE);
    assertThat(takeDue(Long.MAX_VALUE)).containsExactly(longAgo, now, never);
  }

  @Test
  void aCancelledTimerAtTheHeadIsPurged() {
    add(1).cancel();
    add(2).cancel();
    add(3);

    queue.purge();

    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.earliest()).isEqualTo(3);
  }

  @Test
  void aHundredThousandCancelledTimersShrinkToTheOthers() {
    List<TimerCallback> timers = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      timers.add(add(1 + i));
    }
    TimerCallback first = add(0);
    TimerCallback last = add(Long.MAX_VALUE);

    timers.forEach(TimerCallback::cancel);
    assertThat(queue.size()).as("cancelling moves nothing").isEqualTo(100_002);
    queue.purge();

    assertThat(queue.size()).isEqualTo(2);
    assertThat(takeDue(Long.MAX_VALUE)).containsExactly(first, last);
  }

  @Test
  void compactionKeepsTheOrderOfTheOthers() {
    Random random = new Random(7);
    List<TimerCallback> kept = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      kept.add(add(random.nextInt(50)));
      add(random.nextInt(50)).cancel();
      add(random.nextInt(50)).cancel();
    }

    queue.purge();

    assertThat(queue.size()).isEqualTo(1_000);
    kept.sort(Comparator.comparingLong(TimerHandle::when));
    assertThat(takeDue(Long.MAX_VALUE)).isEqualTo(kept);
  }

  @Test
  void cancellingTwiceCountsOnce() {
    for (int i = 0; i < 101; i++) {
      add(1);
    }
    TimerCallback twice = add(2);

    for (int i = 0; i < 100; i++) {
      twice.cancel();
    }
    queue.purge();

    assertThat(queue.size()).as("one of many is cancelled, so nothing is compacted").isEqualTo(102);
  }

  @Test
  void cancellingATimerThatHasFiredDoesNothing() {
    List<TimerCallback> fired = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      fired.add(add(1));
    }
    takeDue(1);
    fired.forEach(TimerCallback::run);
    for (int i = 0; i < 150; i++) {
      add(2);
    }

    fired.forEach(TimerCallback::cancel);
    queue.purge();

    assertThat(fired).noneMatch(TimerCallback::isCancelled);
    assertThat(queue.size()).isEqualTo(150);
  }

  @Test
  void aTimerThatIsDueMayStillBeCancelled() {
    int[] calls = {0};
    TimerCallback timer = queue.add(1, () -> calls[0]++, null, null);
    takeDue(1);

    timer.cancel();
    timer.run();

    assertThat(timer.isCancelled()).isTrue();
    assertThat(calls[0]).isZero();
    assertThat(queue.size()).isZero();
  }

  @Test
  void handlesCompareAsTheyFire() {
    TimerCallback first = add(5);
    TimerCallback second = add(5);
    TimerCallback earlier = add(4);

    assertThat(first).isLessThan(second).isGreaterThan(earlier).isEqualByComparingTo(first);
  }

  @OnEachEngine
  void aTimerOfLongAgoFiresAtOnce(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.callAt(Long.MIN_VALUE, loop::stop);
      loop.runForever();
    }
  }

  @OnEachEngine
  void aTimerOfTheFarFutureDelaysNoOther(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.callAt(Long.MAX_VALUE, () -> {});
      loop.callLater(Duration.ofSeconds(Long.MAX_VALUE), () -> {});
      loop.callLater(Duration.ofNanos(1), loop::stop);
      loop.runForever();
      assertThat(loop.statistics().timers()).isEqualTo(2);
    }
  }

  private TimerCallback add(long when) {
    return queue.add(when, () -> {}, null, null);
  }

  private List<TimerCallback> takeDue(long now) {
    List<TimerCallback> due = new ArrayList<>();
    for (TimerCallback timer = queue.pollDue(now); timer != null; timer = queue.pollDue(now)) {
      due.add(timer);
    }
    return due;
  }
}
