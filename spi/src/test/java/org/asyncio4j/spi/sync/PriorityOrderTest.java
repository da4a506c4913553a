package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.sync.AsyncPriorityQueue;
import org.asyncio4j.sync.QueueEmptyException;
import org.junit.jupiter.api.Test;

/** The order of a queue is the code of a user, which may throw, and use the queue. */
@HangGuard
class PriorityOrderTest {

  private int allowed = Integer.MAX_VALUE;

  /** Compares so often, then throws. */
  private int compare(int left, int right) {
    if (allowed-- == 0) {
      throw new IllegalStateException("on purpose");
    }
    return Integer.compare(left, right);
  }

  @Test
  void itemsComeInTheOrderOfAHeapOfTheJdk() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      AsyncPriorityQueue<Integer> queue = new AsyncPriorityQueue<>(this::compare);
      PriorityQueue<Integer> expected = new PriorityQueue<>();
      for (int step = 0; step < 100; step++) {
        if (random.nextInt(3) > 0) {
          int item = random.nextInt(20);
          queue.putNoWait(item);
          expected.add(item);
        } else if (!expected.isEmpty()) {
          assertThat(queue.getNoWait()).isEqualTo(expected.remove());
        }
        assertThat(queue.size()).isEqualTo(expected.size());
      }
      assertThat(drained(queue)).isEqualTo(expected.stream().sorted().toList());
    }
  }

  @Test
  void aComparisonThatThrowsLosesAndDoublesNoItem() {
    for (int size = 1; size < 40; size++) {
      for (int throwAt = 0; throwAt < 12; throwAt++) {
        AsyncPriorityQueue<Integer> queue = filled(size);
        allowed = throwAt;
        boolean putFailed = fails(() -> queue.putNoWait(-1));
        allowed = throwAt;
        boolean getFailed = fails(queue::getNoWait);
        allowed = Integer.MAX_VALUE;

        List<Integer> left = new ArrayList<>(filledItems(size));
        if (!putFailed) {
          left.add(-1);
        }
        left.sort(Comparator.naturalOrder());
        if (!getFailed) {
          left.removeFirst();
        }
        assertThat(drained(queue)).as("%d items, %d comparisons", size, throwAt).isEqualTo(left);
      }
    }
  }

  @Test
  void aComparisonThatUsesTheQueueIsRefused() {
    AtomicReference<AsyncPriorityQueue<Integer>> own = new AtomicReference<>();
    boolean[] reentrant = new boolean[1];
    AsyncPriorityQueue<Integer> queue =
        new AsyncPriorityQueue<>((left, right) -> {
          if (reentrant[0]) {
            reentrant[0] = false;
            own.get().putNoWait(7);
          }
          return Integer.compare(left, right);
        });
    own.set(queue);
    queue.putNoWait(3);
    queue.putNoWait(5);
    reentrant[0] = true;
    assertThatThrownBy(() -> queue.putNoWait(4))
        .isInstanceOf(ConcurrentModificationException.class)
        .hasMessageContaining("compare items without using it");
    reentrant[0] = true;
    assertThatThrownBy(() -> queue.getNoWait()).isInstanceOf(ConcurrentModificationException.class);
    assertThat(drained(queue)).containsExactly(3, 5, 7, 7);
  }

  @OnEachEngine
  void aGetterWhoseComparisonThrowsLeavesTheItemToTheNext(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        AsyncPriorityQueue<Integer> queue = new AsyncPriorityQueue<>(this::compare);
        List<Task<Integer>> getters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          getters.add(loop.createTask(queue::get));
        }
        Awaiter.yieldOnce();
        for (int item : List.of(1, 2, 3)) {
          queue.putNoWait(item);
        }
        allowed = 0; // the first that is woken fails, and three items are left for three others
        TestLoop.yieldUntil(() -> getters.stream().allMatch(Task::isDone));

        assertThat(getters.getFirst().exception().orElseThrow()).hasMessage("on purpose");
        assertThat(getters.stream().skip(1).map(Task::result)).containsExactly(1, 2, 3);
        return null;
      });
    }
  }

  private AsyncPriorityQueue<Integer> filled(int size) {
    AsyncPriorityQueue<Integer> queue = new AsyncPriorityQueue<>(this::compare);
    allowed = Integer.MAX_VALUE;
    filledItems(size).forEach(queue::putNoWait);
    return queue;
  }

  private static List<Integer> filledItems(int size) {
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(i * 37 % 41);
    }
    return items;
  }

  private static boolean fails(Runnable action) {
    try {
      action.run();
      return false;
    } catch (IllegalStateException expected) {
      return true;
    }
  }

  private static List<Integer> drained(AsyncPriorityQueue<Integer> queue) {
    List<Integer> items = new ArrayList<>();
    while (true) {
      try {
        items.add(queue.getNoWait());
      } catch (QueueEmptyException end) {
        return items;
      }
    }
  }
}
