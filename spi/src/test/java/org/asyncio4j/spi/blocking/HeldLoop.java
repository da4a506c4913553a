package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.TestLoop;

/** A loop of the hand-off engine, by a clock that the test moves, while a body holds the loop. */
final class HeldLoop extends TestLoop {

  static final Duration TEN = Duration.ofMillis(10);
  static final Duration SECOND = Duration.ofSeconds(1);

  private static final int LOOKS = 4;

  private final AtomicLong now;
  private final AtomicLong readings;
  private final List<Thread> helpers = new ArrayList<>();

  private HeldLoop(AtomicLong now, AtomicLong readings) {
    super(
        LoopContext.defaults()
            .withCoroutines(CoroutineMode.HANDOFF)
            .withClock(() -> {
              readings.incrementAndGet();
              return now.get();
            }));
    this.now = now;
    this.readings = readings;
  }

  static HeldLoop open() {
    return new HeldLoop(new AtomicLong(1_000_000_000L), new AtomicLong());
  }

  void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  /** Lets time pass when the caller has parked. */
  void passWhenParked(Duration time) {
    Thread body = Thread.currentThread();
    help(() -> {
      awaitParked(body);
      pass(time);
    });
  }

  /** Has something done while a body holds the loop; its end is waited for. */
  void help(Action action) {
    helpers.add(
        Thread.ofPlatform()
            .start(() -> {
              try {
                action.run();
              } catch (InterruptedException ended) {
                // The test has failed already.
              }
            }));
  }

  /** While the loop is held, only the watch reads the clock. */
  void awaitLooks() {
    long seen = readings.get();
    spinUntil(() -> readings.get() >= seen + LOOKS);
  }

  /**
   * Makes the watch look at the caller, which is about to park, and then wakes the caller by an
   * item.
   */
  <T> void putWhenLookedAt(SynchronousQueue<T> queue, T item) {
    Thread body = Thread.currentThread();
    help(() -> {
      awaitParked(body);
      awaitLooks();
      queue.put(item);
    });
  }

  long readings() {
    return readings.get();
  }

  /** Makes a latch that opens when the caller has parked, the time has passed and was seen. */
  CountDownLatch opensAfter(Duration time) {
    Thread body = Thread.currentThread();
    CountDownLatch looked = new CountDownLatch(1);
    help(() -> {
      awaitParked(body);
      awaitLooks();
      pass(time);
      awaitLooks();
      looked.countDown();
    });
    return looked;
  }

  static void awaitParked(Thread body) {
    spinUntil(() -> body.getState() == Thread.State.WAITING);
  }

  static void assertNothingIsLeft() {
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(ownTask().cancelling()).isZero();
    Awaiter.yieldOnce();
  }

  static Task<?> ownTask() {
    return Asyncio.currentTask().orElseThrow();
  }

  @Override
  public void close() {
    super.close();
    for (Thread helper : helpers) {
      helper.interrupt(); // if the test has failed, it may wait for ever
      Uninterruptibles.joinUninterruptibly(helper);
    }
  }

  /** What another thread does. */
  @FunctionalInterface
  interface Action {
    void run() throws InterruptedException;
  }
}
