package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.sync.AsyncBoundedSemaphore;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.sync.AsyncSemaphore;
import org.asyncio4j.sync.QueueShutDownException;

/**
 * Tasks with random operations that are cancelled at random times. A failure names the seed; {@code
 * -Dasyncio4j.test.seed=N} runs only that one.
 */
@HangGuard
class RandomSyncTest {

  private static final int SEEDS = 60;
  private static final int TASKS = 12;
  private static final int STEPS = 25;
  private static final int PERMITS = 3;

  private static int[] seeds() {
    Integer only = Integer.getInteger("asyncio4j.test.seed");
    return only == null ? IntStream.range(0, SEEDS).toArray() : new int[] {only};
  }

  @OnEachEngine
  void permitsAreConserved(CoroutineMode mode) {
    for (int seed : seeds()) {
      Random random = new Random(seed);
      AsyncSemaphore semaphore = new AsyncBoundedSemaphore(PERMITS);
      AsyncLock lock = new AsyncLock();
      int[] inside = new int[2];
      Crew.on(
          mode,
          crew -> {
            for (int i = 0; i < TASKS; i++) {
              crew.create(() -> useBoth(crew, random, semaphore, lock, inside));
            }
            cancelAtRandom(crew, random);
            crew.join();
            assertThat(crew.notes()).as("seed %d", seed).isEmpty();
            assertThat(inside).as("seed %d: the tasks inside at the end", seed).containsOnly(0);
            assertThat(semaphore)
                .as("seed %d", seed)
                .hasToString("<AsyncBoundedSemaphore 3 permits, 0 waiting>");
            assertThat(semaphore.isLocked()).as("seed %d", seed).isFalse();
            assertThat(lock).as("seed %d", seed).hasToString("<AsyncLock free, 0 waiting>");
          });
    }
  }

  private static void useBoth(
      Crew crew, Random random, AsyncSemaphore semaphore, AsyncLock lock, int[] inside) {
    for (int step = 0; step < STEPS; step++) {
      try (var _ = semaphore.hold()) {
        enter(crew, inside, 0, PERMITS);
        try {
          Crew.yield(random.nextInt(3));
          if (random.nextBoolean()) {
            try (var _ = lock.hold()) {
              enter(crew, inside, 1, 1);
              try {
                Crew.yield(random.nextInt(3));
              } finally {
                inside[1]--;
              }
            }
          }
        } finally {
          inside[0]--;
        }
      } catch (CancelledError refused) {
        // Continues, so that many cancellations can be tried.
      }
    }
  }

  private static void enter(Crew crew, int[] inside, int which, int limit) {
    if (++inside[which] > limit) {
      crew.note("more than %d were inside of %d".formatted(limit, which));
    }
  }

  @OnEachEngine
  void eachItemArrivesOnceAndInOrder(CoroutineMode mode) {
    for (int seed : seeds()) {
      Random random = new Random(seed);
      AsyncQueue<Integer> queue = new AsyncQueue<>(random.nextInt(4));
      List<Integer> put = new ArrayList<>();
      List<Integer> got = new ArrayList<>();
      Crew.on(
          mode,
          crew -> {
            for (int i = 0; i < TASKS; i++) {
              int producer = i;
              if (i % 2 == 0) {
                crew.create(() -> produce(random, queue, put, producer));
              } else {
                crew.create(() -> consume(random, queue, got));
              }
            }
            cancelAtRandom(crew, random);
            List<Task<Boolean>> producers =
                IntStream.range(0, TASKS / 2).mapToObj(i -> crew.task(2 * i)).toList();
            TestLoop.yieldUntil(() -> producers.stream().allMatch(Task::isDone));
            queue.join();
            queue.shutdown();
            crew.join();
          });
      assertThat(got).as("seed %d", seed).isEqualTo(put).doesNotHaveDuplicates();
      assertThat(byProducer(got)).as("seed %d", seed).isEqualTo(sorted(byProducer(got)));
      assertThat(queue.isEmpty()).as("seed %d", seed).isTrue();
    }
  }

  // Whether an item is in the queue is known here, because a put that was cancelled has not put.
  private static void produce(
      Random random, AsyncQueue<Integer> queue, List<Integer> put, int producer) {
    for (int step = 0; step < STEPS; step++) {
      int item = producer * 1_000 + step;
      try {
        queue.put(item);
        put.add(item);
        Crew.yield(random.nextInt(3));
      } catch (CancelledError refused) {
        // Continues with the next item.
      }
    }
  }

  private static void consume(Random random, AsyncQueue<Integer> queue, List<Integer> got) {
    while (true) {
      try {
        got.add(queue.get());
        queue.taskDone();
        Crew.yield(random.nextInt(3));
      } catch (CancelledError refused) {
        // Continues with the next item.
      } catch (QueueShutDownException end) {
        return;
      }
    }
  }

  private static Map<Integer, List<Integer>> byProducer(List<Integer> items) {
    Map<Integer, List<Integer>> grouped = new HashMap<>();
    items.forEach(item -> grouped.computeIfAbsent(item / 1_000, _ -> new ArrayList<>()).add(item));
    return grouped;
  }

  private static Map<Integer, List<Integer>> sorted(Map<Integer, List<Integer>> items) {
    Map<Integer, List<Integer>> inOrder = new HashMap<>();
    items.forEach((producer, ofIt) -> inOrder.put(producer, ofIt.stream().sorted().toList()));
    return inOrder;
  }

  private static void cancelAtRandom(Crew crew, Random random) {
    for (int i = 0; i < 6 * STEPS; i++) {
      Crew.yield(random.nextInt(2));
      if (random.nextInt(3) == 0) {
        boolean ignored = crew.task(random.nextInt(TASKS)).cancel();
      }
    }
  }
}
