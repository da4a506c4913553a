package org.asyncio4j.spi.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadyQueueTest {

  private final ReadyQueue queue = new ReadyQueue();

  @Test
  void anEmptyQueueHasNothing() {
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.size()).isZero();
    assertThat(queue.peek()).isNull();
    assertThat(queue.poll()).isNull();
    assertThat(queue.size()).isZero();
  }

  @Test
  void entriesComeOutInOrderHoweverTheRingGrowsAndWraps() {
    // seeded: against a queue of the JDK, with phases that fill and phases that drain
    Random random = new Random(1);
    ArrayDeque<ReadyEntry> expected = new ArrayDeque<>();
    for (int step = 0; step < 100_000; step++) {
      boolean filling = (step / 5_000) % 2 == 0;
      if (random.nextInt(10) < (filling ? 8 : 3)) {
        Entry entry = new Entry();
        queue.add(entry);
        expected.add(entry);
      } else {
        assertThat(queue.peek()).isSameAs(expected.peek());
        assertThat(queue.poll()).isSameAs(expected.poll());
      }
      assertThat(queue.size()).isEqualTo(expected.size());
    }
    while (!expected.isEmpty()) {
      assertThat(queue.poll()).isSameAs(expected.poll());
    }
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aFullRingThatStartsInTheMiddleGrowsInOrder() {
    ArrayDeque<ReadyEntry> expected = new ArrayDeque<>();
    for (int i = 0; i < 700; i++) {
      queue.add(new Entry());
    }
    for (int i = 0; i < 700; i++) {
      queue.poll();
    }
    for (int i = 0; i < 3_000; i++) {
      Entry entry = new Entry();
      queue.add(entry);
      expected.add(entry);
    }
    while (!expected.isEmpty()) {
      assertThat(queue.poll()).isSameAs(expected.poll());
    }
  }

  @Test
  void aClearedQueueIsEmptyAndReusable() {
    for (int i = 0; i < 1_500; i++) {
      queue.add(new Entry());
    }
    queue.poll();

    queue.clear();

    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.poll()).isNull();
    Entry entry = new Entry();
    queue.add(entry);
    assertThat(queue.poll()).isSameAs(entry);
  }

  private static final class Entry extends ReadyEntry {

    @Override
    public void run() {}
  }
}
