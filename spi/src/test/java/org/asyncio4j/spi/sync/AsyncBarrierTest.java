package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.sync.AsyncBarrier;
import org.asyncio4j.sync.BarrierBrokenException;
import org.junit.jupiter.api.Test;

@HangGuard
class AsyncBarrierTest {

  private final AsyncBarrier barrier = new AsyncBarrier(3);

  @Test
  void partiesMustBePositive() {
    assertThatThrownBy(() -> new AsyncBarrier(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parties must be at least 1: 0");
  }

  @Test
  void aBarrierOfOneNeverWaits() {
    AsyncBarrier alone = new AsyncBarrier(1);
    assertThat(alone.await()).isZero();
    assertThat(alone.await()).isZero();
    assertThat(alone.waiting()).isZero();
    assertThat(alone.parties()).isEqualTo(1);
  }

  @OnEachEngine
  void allContinueWhenTheLastArrivesAndEachHasAnIndex(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          for (int round = 0; round < 2; round++) {
            crew.start(() -> noteIndex(crew, "a"));
            crew.start(() -> noteIndex(crew, "b"));
            Crew.yield(2);
            assertThat(barrier.waiting()).isEqualTo(2);
            noteIndex(crew, "c");
            assertThat(barrier.waiting()).isZero();
            crew.joinWell();
          }
          assertThat(crew.notes()).containsExactly("c2", "a0", "b1", "c2", "a0", "b1");
        });
  }

  @OnEachEngine
  void aTaskThatArrivesWhileOthersLeaveBelongsToTheNextRound(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.start(() -> noteIndex(crew, "a"));
          crew.start(() -> noteIndex(crew, "b"));
          for (String name : new String[] {"c", "d", "e", "f"}) {
            crew.create(() -> noteIndex(crew, name));
          }
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("c2", "a0", "b1", "f2", "d0", "e1");
        });
  }

  @OnEachEngine
  void aCancelledTaskHasNotArrived(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          Task<Boolean> cancelled = crew.start(() -> noteIndex(crew, "cancelled"));
          crew.start(() -> noteIndex(crew, "a"));
          cancelled.cancel();
          Crew.yield(2);
          assertThat(barrier.waiting()).isEqualTo(1);
          assertThat(barrier.isBroken()).isFalse();
          crew.start(() -> noteIndex(crew, "b"));
          assertThat(crew.notes()).isEmpty();
          crew.start(() -> noteIndex(crew, "c"));
          crew.join();
          assertThat(crew.notes()).containsExactly("c2", "a0", "b1");
          assertThat(cancelled.isCancelled()).isTrue();
        });
  }

  @OnEachEngine
  void aTaskCancelledAfterTheLastArrivedDelaysNoOther(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          Task<Boolean> cancelled = crew.start(() -> noteIndex(crew, "cancelled"));
          crew.start(() -> noteIndex(crew, "a"));
          noteIndex(crew, "b");
          cancelled.cancel();
          crew.join();
          assertThat(crew.notes()).containsExactly("b2", "a0");
          assertThat(cancelled.isCancelled()).isTrue();
          assertThat(barrier).hasToString("<AsyncBarrier FILLING, 0 of 3>");
        });
  }

  @OnEachEngine
  void resetFailsWaitingTasks(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.start(() -> noteBroken(crew, "a"));
          crew.start(() -> noteBroken(crew, "b"));
          barrier.reset();
          assertThat(barrier.waiting()).isZero();
          crew.create(() -> noteIndex(crew, "c"));
          crew.create(() -> noteIndex(crew, "d"));
          crew.create(() -> noteIndex(crew, "e"));
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("a broken", "b broken", "e2", "c0", "d1");
          assertThat(barrier.isBroken()).isFalse();
        });
  }

  @OnEachEngine
  void aTaskThatArrivesDuringAResetWaitsForLeavingTasks(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.start(() -> noteBroken(crew, "a"));
          crew.start(() -> noteBroken(crew, "b"));
          barrier.reset();
          crew.create(() -> noteIndex(crew, "c"));
          crew.create(() -> noteIndex(crew, "d"));
          noteIndex(crew, "own");
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("a broken", "b broken", "own2", "c0", "d1");
        });
  }

  @OnEachEngine
  void resetAfterTheLastArrivedFailsTasksThatHaveNotLeft(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.start(() -> noteBroken(crew, "a"));
          crew.start(() -> noteBroken(crew, "b"));
          noteIndex(crew, "c");
          barrier.reset();
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("c2", "a broken", "b broken");
          assertThat(barrier).hasToString("<AsyncBarrier FILLING, 0 of 3>");
        });
  }

  @OnEachEngine
  void abortBreaksItUntilItIsReset(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.start(() -> noteBroken(crew, "a"));
          barrier.abort();
          assertThat(barrier.isBroken()).isTrue();
          assertThat(barrier.waiting()).isZero();
          noteBroken(crew, "late");
          crew.joinWell();
          assertThat(barrier.isBroken()).as("when all have left").isTrue();
          barrier.reset();
          assertThat(barrier.isBroken()).isFalse();
          crew.start(() -> noteIndex(crew, "b"));
          crew.start(() -> noteIndex(crew, "c"));
          noteIndex(crew, "d");
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("late broken", "a broken", "d2", "b0", "c1");
        });
  }

  @OnEachEngine
  void abortFailsTasksThatWaitForOthersToLeave(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.start(() -> noteBroken(crew, "a"));
          barrier.reset();
          // In the same tick, so that this one comes before the first has left.
          Task<Boolean> outside = crew.create(() -> noteBroken(crew, "outside"));
          crew.create(barrier::abort);
          crew.joinWell();
          assertThat(outside.isDone()).isTrue();
          assertThat(crew.notes()).contains("a broken", "outside broken");
        });
  }

  private void noteIndex(Crew crew, String name) {
    int index = barrier.await();
    crew.note(name + index);
  }

  private void noteBroken(Crew crew, String name) {
    assertThatThrownBy(barrier::await).isInstanceOf(BarrierBrokenException.class);
    crew.note(name + " broken");
  }
}
