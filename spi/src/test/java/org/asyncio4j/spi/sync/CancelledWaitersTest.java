package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.sync.AsyncBoundedSemaphore;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.sync.AsyncPriorityQueue;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.sync.AsyncSemaphore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cancels each subset of four waiters at each moment: whatever happens at the same time, the other
 * waiters get their turns, in order, and nothing is lost.
 */
@HangGuard
class CancelledWaitersTest {

  private static final int WAITERS = 4;
  private static final int MOMENTS = 10;

  /** An object with a number of pieces to take and to give back. */
  private record Pool(String name, int pieces, Runnable take, Runnable give, Supplier<?> state) {

    void takeAll() {
      for (int i = 0; i < pieces; i++) {
        take.run();
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Pool lock() {
    AsyncLock lock = new AsyncLock();
    return new Pool("lock", 1, lock::acquire, lock::release, lock::toString);
  }

  private static Pool semaphore(AsyncSemaphore semaphore, int permits) {
    return new Pool(
        "semaphore of " + permits,
        permits,
        semaphore::acquire,
        semaphore::release,
        semaphore::toString);
  }

  private static Pool items(AsyncQueue<Integer> queue, int items) {
    for (int i = 0; i < items; i++) {
      queue.putNoWait(i);
    }
    List<Integer> taken = new ArrayList<>();
    return new Pool(
        items + " items of " + queue.getClass().getSimpleName(),
        items,
        () -> taken.add(queue.get()),
        () -> queue.putNoWait(taken.removeFirst()),
        () -> queue.size() + " items, " + taken.size() + " taken");
  }

  private static Pool places(int places) {
    AsyncQueue<String> queue = new AsyncQueue<>(places);
    return new Pool(
        places + " places of a queue",
        places,
        () -> queue.put("item"),
        () -> assertThat(queue.getNoWait()).isEqualTo("item"),
        () -> queue.size() + " items");
  }

  static Stream<Arguments> cases() {
    List<Supplier<Pool>> pools =
        List.of(
            CancelledWaitersTest::lock,
            () -> semaphore(new AsyncSemaphore(1), 1),
            () -> semaphore(new AsyncBoundedSemaphore(2), 2),
            () -> semaphore(new AsyncBoundedSemaphore(3), 3),
            () -> items(new AsyncQueue<>(), 1),
            () -> items(new AsyncQueue<>(), 2),
            () -> items(AsyncPriorityQueue.ofNaturalOrder(0), 2),
            () -> places(1),
            () -> places(2));
    return pools.stream()
        .flatMap(pool ->
            Stream.of(CoroutineMode.CARRIER, CoroutineMode.HANDOFF)
                .map(mode -> Arguments.of(pool.get().name, mode, pool)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void nothingIsLost(String name, CoroutineMode mode, Supplier<Pool> pools) {
    for (int moment = 0; moment < MOMENTS; moment++) {
      for (int cancelled = 0; cancelled < 1 << WAITERS; cancelled++) {
        Pool pool = pools.get();
        Moment at = Moment.of(moment, pool.pieces);
        int subset = cancelled;
        String what = name + ", " + at + ", cancelled: " + Integer.toBinaryString(subset);
        Crew.on(mode, crew -> attempt(crew, pool, at, subset, what));
      }
    }
  }

  /** The given pieces are returned, then the given ticks pass, then the tasks are cancelled. */
  private record Moment(int given, int ticks) {

    static Moment of(int number, int pieces) {
      return number == 0 ? new Moment(0, 0) : new Moment(1 + (number - 1) % pieces, number / 2);
    }
  }

  private static void attempt(Crew crew, Pool pool, Moment at, int subset, String what) {
    Object whole = pool.state.get();
    pool.takeAll();
    for (int i = 0; i < WAITERS; i++) {
      String own = String.valueOf(i);
      crew.start(() -> {
        pool.take.run();
        try {
          crew.note(own);
          Crew.yield(1);
        } finally {
          pool.give.run();
        }
      });
    }
    give(pool, at.given);
    Crew.yield(at.ticks);
    boolean[] accepted = new boolean[WAITERS];
    for (int i = 0; i < WAITERS; i++) {
      accepted[i] = (subset & 1 << i) != 0 && crew.task(i).cancel();
    }
    give(pool, pool.pieces - at.given);

    crew.join();

    for (int i = 0; i < WAITERS; i++) {
      Task<Boolean> task = crew.task(i);
      assertThat(task.isCancelled()).as("%s: task %d", what, i).isEqualTo(accepted[i]);
      if (!accepted[i]) {
        assertThat(crew.notes()).as("%s", what).contains(String.valueOf(i));
      }
    }
    assertThat(crew.notes()).as("%s: the order", what).isSorted().doesNotHaveDuplicates();
    assertThat(pool.state.get()).as("%s: what is left", what).isEqualTo(whole);
    // None of these waits: the crew would not be left alone here.
    pool.takeAll();
    give(pool, pool.pieces);
  }

  private static void give(Pool pool, int pieces) {
    for (int i = 0; i < pieces; i++) {
      pool.give.run();
    }
  }
}
