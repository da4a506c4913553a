package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.sync.AsyncBoundedSemaphore;
import org.asyncio4j.sync.AsyncSemaphore;
import org.junit.jupiter.api.Test;

@HangGuard
class AsyncSemaphoreTest {

  @Test
  void permitsMustNotBeNegative() {
    assertThatThrownBy(() -> new AsyncSemaphore(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("permits must not be negative: -1");
    assertThatThrownBy(() -> new AsyncBoundedSemaphore(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void permitsAreTakenWithoutALoop() {
    AsyncSemaphore semaphore = new AsyncSemaphore(2);
    semaphore.acquire();
    assertThat(semaphore.isLocked()).isFalse();
    try (var _ = semaphore.hold()) {
      assertThat(semaphore.isLocked()).isTrue();
    }
    assertThat(semaphore).hasToString("<AsyncSemaphore 1 permits, 0 waiting>");
    assertThat(semaphore.availablePermits()).isEqualTo(1);
    assertThat(semaphore.waiting()).isZero();
    semaphore.release();
    semaphore.release();
    assertThat(semaphore).hasToString("<AsyncSemaphore 3 permits, 0 waiting>");
  }

  @Test
  void aSemaphoreWithoutPermitsCanBeReleased() {
    AsyncSemaphore semaphore = new AsyncSemaphore(0);
    assertThat(semaphore.isLocked()).isTrue();
    semaphore.release();
    assertThat(semaphore.isLocked()).isFalse();
  }

  @Test
  void tooManyPermitsAreRefused() {
    AsyncSemaphore semaphore = new AsyncSemaphore(Integer.MAX_VALUE);
    assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
    assertThat(semaphore.isLocked()).isFalse();
  }

  @Test
  void aBoundedSemaphoreIsNotReleasedTooOften() {
    AsyncSemaphore semaphore = new AsyncBoundedSemaphore(2);
    semaphore.acquire();
    semaphore.release();
    assertThatThrownBy(semaphore::release)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot release the semaphore: it has 2 permits, and its bound is 2;"
                + " release once for each acquire");
    assertThat(semaphore).hasToString("<AsyncBoundedSemaphore 2 permits, 0 waiting>");
  }

  @OnEachEngine
  void permitsLimitTheTasksAndTheOthersFollowInOrder(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          AsyncSemaphore semaphore = new AsyncBoundedSemaphore(2);
          int[] inside = new int[1];
          for (String name : new String[] {"a", "b", "c", "d", "e"}) {
            crew.create(() -> {
              try (var _ = semaphore.hold()) {
                inside[0]++;
                crew.note(name + inside[0]);
                Crew.yield(3);
                inside[0]--;
              }
            });
          }
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("a1", "b2", "c1", "d2", "e1");
          assertThat(semaphore).hasToString("<AsyncBoundedSemaphore 2 permits, 0 waiting>");
        });
  }

  @OnEachEngine
  void aWokenTaskAlreadyHasItsPermit(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          AsyncSemaphore semaphore = new AsyncSemaphore(0);
          Task<Boolean> waiter = crew.start(semaphore::acquire);
          semaphore.release();
          assertThat(semaphore.isLocked()).isTrue();
          assertThat(semaphore).hasToString("<AsyncSemaphore 0 permits, 0 waiting>");
          crew.joinWell();
          assertThat(waiter.isDone()).isTrue();
        });
  }

  @OnEachEngine
  void aNewTaskQueuesBehindAWokenTaskAndThenGetsARemainingPermit(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          AsyncSemaphore semaphore = new AsyncSemaphore(0);
          crew.start(() -> {
            semaphore.acquire();
            crew.note("first");
          });
          semaphore.release();
          semaphore.release();
          assertThat(semaphore).hasToString("<AsyncSemaphore 1 permits, 0 waiting>");
          assertThat(semaphore.isLocked()).as("although a permit is left").isTrue();
          semaphore.acquire();
          crew.note("newcomer");
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("first", "newcomer");
          assertThat(semaphore).hasToString("<AsyncSemaphore 0 permits, 0 waiting>");
        });
  }

  @OnEachEngine
  void thePermitOfAWaiterThatIsCancelledGoesToTheNext(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          AsyncSemaphore semaphore = new AsyncSemaphore(0);
          Task<Boolean> woken = crew.start(semaphore::acquire);
          Task<Boolean> next = crew.start(semaphore::acquire);
          semaphore.release();
          woken.cancel();
          crew.join();
          assertThat(woken.isCancelled()).isTrue();
          assertThat(next.result()).isTrue();
          assertThat(semaphore).hasToString("<AsyncSemaphore 0 permits, 0 waiting>");
        });
  }

  @OnEachEngine
  void aCancelledWaiterLeavesAnUnusedPermit(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          AsyncSemaphore semaphore = new AsyncSemaphore(0);
          Task<Boolean> woken = crew.start(semaphore::acquire);
          semaphore.release();
          woken.cancel();
          crew.join();
          assertThat(semaphore.isLocked()).isFalse();
          assertThat(semaphore).hasToString("<AsyncSemaphore 1 permits, 0 waiting>");
        });
  }
}
