package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.sync.Hold;
import org.junit.jupiter.api.Test;

@HangGuard
class AsyncLockTest {

  private final AsyncLock lock = new AsyncLock();

  @Test
  void aFreeLockNeedsNoLoop() {
    assertThat(lock.isLocked()).isFalse();
    lock.acquire();
    assertThat(lock.isLocked()).isTrue();
    lock.release();
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void aFreeLockCannotBeReleased() {
    assertThatThrownBy(lock::release)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot release the lock: it is free; release once for each acquire");
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void aHoldReleasesOnce() {
    Hold hold = lock.hold();
    assertThat(lock.isLocked()).isTrue();
    hold.close();
    assertThat(lock.isLocked()).isFalse();

    lock.acquire();
    hold.close();
    assertThat(lock.isLocked()).as("the lock of another, after a second close").isTrue();
  }

  @Test
  void aHoldReleasedWithinTheBlockIsAnError() {
    Hold hold = lock.hold();
    lock.release();
    assertThatThrownBy(hold::close).isInstanceOf(IllegalStateException.class);
    hold.close();
    assertThat(lock.isLocked()).isFalse();
  }

  @OnEachEngine
  void aFreeLockIsTakenWithoutYielding(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.create(() -> crew.note("other"));
          lock.acquire();
          assertThat(crew.notes()).isEmpty();
          lock.release();
          crew.joinWell();
        });
  }

  @OnEachEngine
  void tasksGetTheLockInOrderAndOneAtATime(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          lock.acquire();
          for (String name : new String[] {"a", "b", "c"}) {
            crew.create(() -> {
              try (var _ = lock.hold()) {
                crew.note("+" + name);
                Crew.yield(2);
                crew.note("-" + name);
              }
            });
          }
          Crew.yield(3);
          assertThat(crew.notes()).isEmpty();
          lock.release();
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("+a", "-a", "+b", "-b", "+c", "-c");
          assertThat(lock.isLocked()).isFalse();
        });
  }

  @OnEachEngine
  void noTaskOvertakesAWokenTask(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          lock.acquire();
          crew.start(() -> takeAndNote(crew, "first"));
          lock.release();
          assertThat(lock.isLocked()).as("between release and the step of who was woken").isFalse();
          takeAndNote(crew, "newcomer");
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("first", "newcomer");
        });
  }

  @OnEachEngine
  void aNewTaskTakesAFreeLockIfAllWaitersAreCancelled(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          lock.acquire();
          Task<Boolean> waiter = crew.start(() -> takeAndNote(crew, "cancelled"));
          waiter.cancel();
          lock.release();
          lock.acquire();
          assertThat(waiter.isDone()).as("taken without letting others run").isFalse();
          crew.join();
          assertThat(waiter.isCancelled()).isTrue();
          assertThat(crew.notes()).isEmpty();
          lock.release();
        });
  }

  @OnEachEngine
  void aWaiterThatIsCancelledLeavesTheLine(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          lock.acquire();
          Task<Boolean> waiter = crew.start(lock::acquire);
          assertThat(lock).hasToString("<AsyncLock locked, 1 waiting>");
          waiter.cancel("no time");
          assertThatThrownBy(waiter::await)
              .isInstanceOf(CancelledError.class)
              .hasMessage("no time");
          assertThat(lock).hasToString("<AsyncLock locked, 0 waiting>");
          lock.release();
        });
  }

  @OnEachEngine
  void aWaiterThatWasWokenAndIsCancelledPassesTheLockOn(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          lock.acquire();
          Task<Boolean> woken = crew.start(() -> takeAndNote(crew, "woken"));
          crew.start(() -> takeAndNote(crew, "next"));
          lock.release();
          woken.cancel();
          crew.join();
          assertThat(woken.isCancelled()).isTrue();
          assertThat(crew.notes()).containsExactly("next");
          assertThat(lock.isLocked()).isFalse();
        });
  }

  @OnEachEngine
  void aWaiterThatCatchesItsCancellationMayAskAgain(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          lock.acquire();
          Task<Boolean> stubborn =
              crew.start(() -> {
                try {
                  lock.acquire();
                } catch (CancelledError refused) {
                  lock.acquire();
                }
                crew.note("stubborn");
                lock.release();
              });
          crew.start(() -> takeAndNote(crew, "next"));
          stubborn.cancel();
          Crew.yield(1);
          lock.release();
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("next", "stubborn");
        });
  }

  private void takeAndNote(Crew crew, String name) {
    try (var _ = lock.hold()) {
      crew.note(name);
    }
  }
}
