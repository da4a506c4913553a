package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.sync.QueueShutDownException;
import org.junit.jupiter.api.Test;

/** The behavior of a queue that was shut down. */
@HangGuard
class QueueShutdownTest {

  private final AsyncQueue<String> queue = new AsyncQueue<>(1);

  @Test
  void itTakesNoItemsAndDeliversThoseItHas() {
    queue.put("a");
    queue.shutdown();
    assertThatThrownBy(() -> queue.put("b"))
        .isInstanceOf(QueueShutDownException.class)
        .hasMessage("cannot put: the queue is shut down");
    assertThatThrownBy(() -> queue.putNoWait("b")).isInstanceOf(QueueShutDownException.class);
    assertThat(queue.get()).isEqualTo("a");
    assertThatThrownBy(queue::get)
        .isInstanceOf(QueueShutDownException.class)
        .hasMessage("cannot get: the queue is empty and shut down");
    assertThatThrownBy(queue::getNoWait).isInstanceOf(QueueShutDownException.class);
    queue.taskDone();
    queue.join();
  }

  @Test
  void immediatelyItDropsItsItems() {
    queue.put("a");
    queue.shutdown(true);
    assertThat(queue.size()).isZero();
    assertThatThrownBy(queue::get).isInstanceOf(QueueShutDownException.class);
    assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
    queue.shutdown();
    queue.join();
  }

  @OnEachEngine
  void allWaitingTasksAreWoken(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          AsyncQueue<String> empty = new AsyncQueue<>();
          for (int i = 0; i < 3; i++) {
            crew.start(
                () -> assertThatThrownBy(empty::get).isInstanceOf(QueueShutDownException.class));
          }
          queue.put("a");
          for (int i = 0; i < 3; i++) {
            crew.start(() ->
                assertThatThrownBy(() -> queue.put("b"))
                    .isInstanceOf(QueueShutDownException.class));
          }
          empty.shutdown();
          queue.shutdown();
          crew.joinWell();
          assertThat(queue.get()).isEqualTo("a");
        });
  }

  @OnEachEngine
  void aTaskWokenForAnItemStillGetsIt(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.start(() -> crew.note(queue.get()));
          crew.start(
              () -> assertThatThrownBy(queue::get).isInstanceOf(QueueShutDownException.class));
          queue.put("a");
          queue.shutdown();
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("a");
        });
  }

  @OnEachEngine
  void aTaskWokenForAPlaceMayNotTakeIt(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          queue.put("a");
          crew.start(() ->
              assertThatThrownBy(() -> queue.put("b")).isInstanceOf(QueueShutDownException.class));
          assertThat(queue.get()).isEqualTo("a");
          queue.shutdown();
          crew.joinWell();
          assertThat(queue.isEmpty()).isTrue();
        });
  }

  @OnEachEngine
  void immediatelyItCountsDroppedItemsAsDone(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          queue.put("taken");
          assertThat(queue.get()).isEqualTo("taken");
          queue.put("dropped");
          Task<Boolean> joiner = crew.start(queue::join);
          queue.shutdown(true);
          Crew.yield(2);
          assertThat(joiner.isDone()).as("while the work on one is not done").isFalse();
          queue.taskDone();
          crew.joinWell();
        });
  }

  @OnEachEngine
  void immediatelyItEndsAJoinIfNothingIsLeft(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          queue.put("dropped");
          crew.start(queue::join);
          queue.shutdown(true);
          crew.joinWell();
        });
  }
}
