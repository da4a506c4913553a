package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.sync.AsyncCondition;
import org.asyncio4j.sync.AsyncLock;
import org.junit.jupiter.api.Test;

@HangGuard
class AsyncConditionTest {

  private final AsyncCondition condition = new AsyncCondition();

  @Test
  void theLockMustBeHeld() {
    assertThatThrownBy(condition::await)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot call AsyncCondition.await: the lock is not held; acquire the"
                + " condition first");
    assertThatThrownBy(condition::signal).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(condition::signalAll).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(condition::release).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itUsesTheGivenLock() {
    AsyncLock lock = new AsyncLock();
    AsyncCondition shared = new AsyncCondition(lock);
    try (var _ = shared.hold()) {
      assertThat(lock.isLocked()).isTrue();
      assertThat(shared.isLocked()).isTrue();
      shared.signalAll();
    }
    assertThat(lock.isLocked()).isFalse();
  }

  @OnEachEngine
  void awaitReleasesTheLockAndAcquiresItAgain(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.start(() -> awaitAndNote(crew, "a"));
          assertThat(condition.isLocked()).isFalse();
          condition.acquire();
          condition.signal();
          Crew.yield(3);
          assertThat(crew.notes()).as("while the lock is held").isEmpty();
          condition.release();
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("a");
          assertThat(condition.isLocked()).isFalse();
        });
  }

  @OnEachEngine
  void signalWakesTheGivenNumberInOrder(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          for (String name : new String[] {"a", "b", "c", "d"}) {
            crew.start(() -> awaitAndNote(crew, name));
          }
          signal(0);
          signal(-1);
          Crew.yield(3);
          assertThat(crew.notes()).isEmpty();
          signal(1);
          Crew.yield(5);
          assertThat(crew.notes()).containsExactly("a");
          signal(2);
          Crew.yield(5);
          assertThat(crew.notes()).containsExactly("a", "b", "c");
          try (var _ = condition.hold()) {
            condition.signalAll();
          }
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("a", "b", "c", "d");
        });
  }

  @OnEachEngine
  void waitForWaitsUntilThePredicateHolds(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          AtomicInteger value = new AtomicInteger();
          crew.start(() -> {
            try (var _ = condition.hold()) {
              condition.waitFor(() -> value.get() == 2);
              crew.note("value " + value.get());
            }
          });
          for (int i = 1; i <= 2; i++) {
            try (var _ = condition.hold()) {
              value.set(i);
              condition.signal();
            }
            Crew.yield(5);
            assertThat(crew.notes()).hasSize(i - 1);
          }
          crew.joinWell();
          try (var _ = condition.hold()) {
            condition.waitFor(() -> true);
          }
          assertThat(crew.notes()).containsExactly("value 2");
        });
  }

  @OnEachEngine
  void anExceptionOfThePredicateIsThrownWithTheLockHeld(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          IllegalArgumentException failure = new IllegalArgumentException("on purpose");
          condition.acquire();
          assertThatThrownBy(() ->
                  condition.waitFor(() -> {
                    throw failure;
                  }))
              .isSameAs(failure);
          assertThat(condition.isLocked()).isTrue();
          condition.release();
        });
  }

  @OnEachEngine
  void aCancelledTaskHoldsTheLockAgainHoweverLongItTakes(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          Task<Boolean> waiter = crew.start(() -> awaitAndNote(crew, "never"));
          condition.acquire();
          for (String message : new String[] {"first", "second", "third"}) {
            waiter.cancel(message);
            Crew.yield(3);
            assertThat(waiter.isDone()).as("done while another holds the lock").isFalse();
          }
          condition.release();
          crew.join();
          assertThatThrownBy(waiter::result).isInstanceOf(CancelledError.class).hasMessage("third");
          assertThat(crew.notes()).as("released by the task that had it again").isEmpty();
          assertThat(condition.isLocked()).isFalse();
        });
  }

  @OnEachEngine
  void aSignalledTaskThatIsCancelledPassesTheSignalOn(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          Task<Boolean> first = crew.start(() -> awaitAndNote(crew, "first"));
          crew.start(() -> awaitAndNote(crew, "second"));
          signal(1);
          first.cancel();
          crew.join();
          assertThat(first.isCancelled()).isTrue();
          assertThat(crew.notes()).containsExactly("second");
        });
  }

  @OnEachEngine
  void aTaskCancelledWhileItAcquiresTheLockPassesTheSignalOn(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          Task<Boolean> first = crew.start(() -> awaitAndNote(crew, "first"));
          crew.start(() -> awaitAndNote(crew, "second"));
          condition.acquire();
          condition.signal();
          Crew.yield(2);
          first.cancel();
          Crew.yield(2);
          condition.release();
          crew.join();
          assertThat(first.isCancelled()).isTrue();
          assertThat(crew.notes()).containsExactly("second");
        });
  }

  @OnEachEngine
  void waitingInACallbackIsRefusedAndChangesNothing(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          condition.acquire();
          crew.loop()
              .callSoon(() -> {
                assertThatThrownBy(condition::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("AsyncCondition.await")
                    .hasMessageContaining("callback");
                crew.note("refused");
              });
          Crew.yield(2);
          assertThat(crew.notes()).containsExactly("refused");
          assertThat(condition).hasToString("<AsyncCondition locked, 0 waiting>");
          condition.release();
        });
  }

  private void signal(int count) {
    try (var _ = condition.hold()) {
      condition.signal(count);
    }
  }

  private void awaitAndNote(Crew crew, String name) {
    try (var _ = condition.hold()) {
      condition.await();
      crew.note(name);
    }
  }
}
