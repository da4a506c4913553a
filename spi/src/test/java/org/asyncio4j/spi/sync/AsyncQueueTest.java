package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.sync.AsyncLifoQueue;
import org.asyncio4j.sync.AsyncPriorityQueue;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.sync.QueueEmptyException;
import org.asyncio4j.sync.QueueFullException;
import org.junit.jupiter.api.Test;

@HangGuard
class AsyncQueueTest {

  private final AsyncQueue<String> queue = new AsyncQueue<>(2);

  @Test
  void aQueueKnowsHowFullItIs() {
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.maxSize()).isEqualTo(2);
    queue.put("a");
    assertThat(queue.isEmpty()).isFalse();
    assertThat(queue.isFull()).isFalse();
    queue.putNoWait("b");
    assertThat(queue.size()).isEqualTo(2);
    assertThat(queue.isFull()).isTrue();
    assertThat(queue.get()).isEqualTo("a");
    assertThat(queue.getNoWait()).isEqualTo("b");
    assertThat(queue)
        .hasToString("<AsyncQueue 0 items, maxSize 2, 2 unfinished, 0 getting, 0 putting>");
  }

  @Test
  void methodsThatDoNotWaitThrow() {
    assertThatThrownBy(queue::getNoWait)
        .isInstanceOf(QueueEmptyException.class)
        .hasMessage("cannot get: the queue is empty; use get to wait for an item");
    queue.put("a");
    queue.put("b");
    assertThatThrownBy(() -> queue.putNoWait("c"))
        .isInstanceOf(QueueFullException.class)
        .hasMessage(
            "cannot put: the queue is full, 2 items of at most 2; use put to wait for room");
    assertThat(queue.size()).isEqualTo(2);
  }

  @Test
  void nullIsNoItem() {
    assertThatThrownBy(() -> queue.put(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("item");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void withoutASizeAQueueIsNeverFull() {
    for (AsyncQueue<Integer> endless :
        List.of(
            new AsyncQueue<Integer>(), new AsyncQueue<Integer>(0), new AsyncQueue<Integer>(-1))) {
      for (int i = 0; i < 1_000; i++) {
        endless.put(i);
      }
      assertThat(endless.isFull()).isFalse();
    }
  }

  @Test
  void eachKindHasItsOrder() {
    assertThat(drained(new AsyncQueue<>())).containsExactly(2, 3, 1);
    assertThat(drained(new AsyncLifoQueue<>())).containsExactly(1, 3, 2);
    assertThat(drained(new AsyncLifoQueue<>(3))).containsExactly(1, 3, 2);
    assertThat(drained(AsyncPriorityQueue.ofNaturalOrder(3))).containsExactly(1, 2, 3);
    assertThat(drained(new AsyncPriorityQueue<>(Comparator.<Integer>reverseOrder())))
        .containsExactly(3, 2, 1);
  }

  @Test
  void taskDoneIsNotCalledTooOften() {
    queue.put("a");
    queue.taskDone();
    assertThatThrownBy(queue::taskDone)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot call taskDone(): no item is unfinished; call it once for each item");
    queue.join();
  }

  @OnEachEngine
  void getWaitsForItemsAndTheyComeInOrder(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.start(() -> crew.note("x" + queue.get()));
          crew.start(() -> crew.note("y" + queue.get()));
          queue.put("1");
          queue.put("2");
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("x1", "y2");
        });
  }

  @OnEachEngine
  void putWaitsForAPlace(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          queue.put("1");
          queue.put("2");
          for (String item : new String[] {"3", "4", "5"}) {
            crew.start(() -> {
              queue.put(item);
              crew.note(item);
            });
          }
          assertThat(crew.notes()).isEmpty();
          List<String> got = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            got.add(queue.get());
          }
          assertThat(got).containsExactly("1", "2", "3", "4", "5");
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("3", "4", "5");
        });
  }

  @OnEachEngine
  void tasksThatNeedNotWaitDoNotYield(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.create(() -> crew.note("other"));
          queue.put("a");
          assertThat(queue.get()).isEqualTo("a");
          assertThat(crew.notes()).isEmpty();
          crew.joinWell();
        });
  }

  @OnEachEngine
  void aGetterWokenInVainKeepsItsPlace(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          crew.start(() -> crew.note("first " + queue.get()));
          crew.start(() -> crew.note("second " + queue.get()));
          crew.start(() -> crew.note("third " + queue.get()));
          queue.put("stolen");
          queue.put("too");
          assertThat(queue.getNoWait()).isEqualTo("stolen");
          assertThat(queue.getNoWait()).isEqualTo("too");
          Crew.yield(2);
          queue.put("a");
          queue.put("b");
          Crew.yield(2);
          queue.put("c");
          crew.joinWell();
          assertThat(crew.notes()).containsExactly("first a", "second b", "third c");
        });
  }

  @OnEachEngine
  void aPutterWokenInVainKeepsItsPlace(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          AsyncQueue<String> narrow = new AsyncQueue<>(1);
          narrow.put("0");
          crew.start(() -> narrow.put("first"));
          crew.start(() -> narrow.put("second"));
          assertThat(narrow.get()).isEqualTo("0");
          narrow.put("overtakes");
          Crew.yield(2);
          assertThat(List.of(narrow.get(), narrow.get(), narrow.get()))
              .containsExactly("overtakes", "first", "second");
          crew.joinWell();
        });
  }

  @OnEachEngine
  void anItemForAGetterThatIsCancelledGoesToTheNext(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          Task<Boolean> woken = crew.start(() -> crew.note("woken " + queue.get()));
          crew.start(() -> crew.note("next " + queue.get()));
          queue.put("a");
          woken.cancel();
          crew.join();
          assertThat(woken.isCancelled()).isTrue();
          assertThat(crew.notes()).containsExactly("next a");
        });
  }

  @OnEachEngine
  void aPlaceForAPutterThatIsCancelledGoesToTheNext(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          queue.put("1");
          queue.put("2");
          Task<Boolean> woken = crew.start(() -> queue.put("never"));
          crew.start(() -> queue.put("3"));
          assertThat(queue.get()).isEqualTo("1");
          woken.cancel();
          crew.join();
          assertThat(woken.isCancelled()).isTrue();
          assertThat(queue.get()).isEqualTo("2");
          assertThat(queue.get()).isEqualTo("3");
          assertThat(queue.isEmpty()).isTrue();
        });
  }

  @OnEachEngine
  void joinWaitsUntilAllWorkIsDone(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          queue.put("a");
          queue.put("b");
          Task<Boolean> joiner = crew.start(queue::join);
          Task<Boolean> cancelled = crew.start(queue::join);
          cancelled.cancel();
          assertThat(queue.get() + queue.get()).isEqualTo("ab");
          queue.taskDone();
          Crew.yield(2);
          assertThat(joiner.isDone()).isFalse();
          queue.taskDone();
          queue.put("for the next round");
          crew.join();
          assertThat(joiner.result()).isTrue();
          assertThat(cancelled.isCancelled()).isTrue();
        });
  }

  private static List<Integer> drained(AsyncQueue<Integer> filled) {
    filled.put(2);
    filled.put(3);
    filled.put(1);
    return List.of(filled.get(), filled.get(), filled.get());
  }
}
