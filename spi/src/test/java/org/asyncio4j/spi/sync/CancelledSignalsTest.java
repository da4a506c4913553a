package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.sync.AsyncBarrier;
import org.asyncio4j.sync.AsyncCondition;
import org.asyncio4j.sync.AsyncEvent;
import org.asyncio4j.sync.AsyncQueue;

/** Cancels each subset of four waiters at each moment, where waiting takes nothing away. */
@HangGuard
class CancelledSignalsTest {

  private static final int WAITERS = 4;
  private static final int SUBSETS = 1 << WAITERS;
  private static final int TICKS = 7;

  @OnEachEngine
  void noSignalOfAConditionIsLost(CoroutineMode mode) {
    for (int signals = 1; signals <= WAITERS; signals++) {
      for (int subset = 0; subset < SUBSETS; subset++) {
        // The negative ones come before the signals.
        for (int ticks = -1; ticks < TICKS; ticks++) {
          for (boolean apart : new boolean[] {false, true}) {
            signal(mode, signals, subset, ticks, apart);
          }
        }
      }
    }
  }

  private static void signal(
      CoroutineMode mode, int signals, int subset, int ticks, boolean apart) {
    Crew.on(
        mode,
        crew -> {
          String what =
              "%d signals, cancelled after %d ticks: %s, lock held: %s"
                  .formatted(signals, ticks, Integer.toBinaryString(subset), apart);
          AsyncCondition condition = new AsyncCondition();
          for (int i = 0; i < WAITERS; i++) {
            String own = String.valueOf(i);
            crew.start(() -> wait(crew, condition, own));
          }
          if (ticks < 0) {
            cancel(crew, subset);
          }
          condition.acquire();
          condition.signal(signals);
          if (!apart) {
            condition.release();
          }
          Crew.yield(Math.max(0, ticks));
          if (ticks >= 0) {
            cancel(crew, subset);
          }
          Crew.yield(2);
          if (apart) {
            condition.release();
          }
          Crew.yield(4 * WAITERS);

          int staying = WAITERS - Integer.bitCount(subset);
          List<String> woken = new ArrayList<>(crew.notes());
          assertThat(woken).as("%s: with the lock", what).doesNotContain("without the lock");
          assertThat(woken).as("%s: in order", what).isSorted();
          assertThat(woken.size()).as(what).isGreaterThanOrEqualTo(Math.min(signals, staying));
          assertThat(condition.isLocked()).as(what).isFalse();
          try (var _ = condition.hold()) {
            condition.signalAll();
          }
          crew.join();
          for (int i = 0; i < WAITERS; i++) {
            assertThat(crew.task(i).isCancelled() || crew.notes().contains(String.valueOf(i)))
                .as("%s: task %d was woken or cancelled", what, i)
                .isTrue();
          }
        });
  }

  private static void wait(Crew crew, AsyncCondition condition, String own) {
    try (var _ = condition.hold()) {
      try {
        condition.await();
        crew.note(own);
      } catch (CancelledError cancelled) {
        if (!condition.isLocked()) {
          crew.note("without the lock");
        }
        throw cancelled;
      }
    }
  }

  @OnEachEngine
  void noEventIsLost(CoroutineMode mode) {
    for (int subset = 0; subset < SUBSETS; subset++) {
      for (boolean before : new boolean[] {true, false}) {
        AsyncEvent event = new AsyncEvent();
        wakeAll(mode, subset, before, event::await, event::set);
        assertThat(event).hasToString("<AsyncEvent set, 0 waiting>");
      }
    }
  }

  @OnEachEngine
  void noJoinIsLost(CoroutineMode mode) {
    for (int subset = 0; subset < SUBSETS; subset++) {
      for (boolean before : new boolean[] {true, false}) {
        AsyncQueue<String> queue = new AsyncQueue<>();
        queue.put("item");
        wakeAll(mode, subset, before, queue::join, queue::taskDone);
      }
    }
  }

  @OnEachEngine
  void noBarrierIsBlocked(CoroutineMode mode) {
    for (int subset = 0; subset < SUBSETS; subset++) {
      for (boolean before : new boolean[] {true, false}) {
        AsyncBarrier barrier = new AsyncBarrier(WAITERS + 1);
        // The last arrives in the same tick as the cancellations, so all have arrived.
        wakeAll(mode, subset, before, barrier::await, barrier::await);
        assertThat(barrier).hasToString("<AsyncBarrier FILLING, 0 of 5>");
      }
    }
  }

  private static void wakeAll(
      CoroutineMode mode, int subset, boolean before, Runnable wait, Runnable wake) {
    Crew.on(
        mode,
        crew -> {
          for (int i = 0; i < WAITERS; i++) {
            crew.start(wait::run);
          }
          if (before) {
            cancel(crew, subset);
          }
          wake.run();
          if (!before) {
            cancel(crew, subset);
          }
          Crew.yield(3);
          for (int i = 0; i < WAITERS; i++) {
            assertThat(crew.task(i).isDone()).isTrue();
            assertThat(crew.task(i).isCancelled()).isEqualTo((subset & 1 << i) != 0);
          }
        });
  }

  private static void cancel(Crew crew, int subset) {
    for (int i = 0; i < WAITERS; i++) {
      if ((subset & 1 << i) != 0) {
        boolean ignored = crew.task(i).cancel();
      }
    }
  }
}
