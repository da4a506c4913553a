package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.sync.AsyncEvent;
import org.junit.jupiter.api.Test;

@HangGuard
class AsyncEventTest {

  private final AsyncEvent event = new AsyncEvent();

  @Test
  void aSetEventNeedsNoLoop() {
    assertThat(event.isSet()).isFalse();
    event.set();
    event.set();
    assertThat(event.isSet()).isTrue();
    event.await();
    event.clear();
    assertThat(event.isSet()).isFalse();
  }

  @OnEachEngine
  void setWakesAllInOrder(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          for (String name : new String[] {"a", "b", "c"}) {
            crew.start(() -> {
              event.await();
              crew.note(name);
            });
          }
          assertThat(event).hasToString("<AsyncEvent unset, 3 waiting>");
          event.set();
          assertThat(crew.notes()).as("within the call").isEmpty();
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("a", "b", "c");
        });
  }

  @OnEachEngine
  void aSetEventDoesNotYield(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          event.set();
          crew.create(() -> crew.note("other"));
          event.await();
          assertThat(crew.notes()).isEmpty();
          crew.joinWell();
        });
  }

  @OnEachEngine
  void aWokenTaskContinuesThoughTheEventWasCleared(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          Task<Boolean> waiter = crew.start(event::await);
          event.set();
          event.clear();
          Task<Boolean> late = crew.start(event::await);
          assertThat(waiter.result()).isTrue();
          Crew.yield(3);
          assertThat(late.isDone()).isFalse();
          event.set();
          crew.joinWell();
        });
  }

  @OnEachEngine
  void aCancelledTaskDoesNotAffectOthers(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          Task<Boolean> before = crew.start(event::await);
          Task<Boolean> left = crew.start(event::await);
          Task<Boolean> after = crew.start(event::await);
          before.cancel();
          event.set();
          after.cancel();
          crew.join();
          assertThat(before.isCancelled()).isTrue();
          assertThat(left.result()).isTrue();
          assertThat(after.isCancelled()).isTrue();
          assertThat(event).hasToString("<AsyncEvent set, 0 waiting>");
        });
  }
}
