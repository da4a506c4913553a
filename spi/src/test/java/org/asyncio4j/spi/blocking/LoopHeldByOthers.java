package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.NanoClock;
import org.asyncio4j.spi.fixture.TestLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A loop that a task holds while others wait for that task, by a clock that the test moves. */
abstract class LoopHeldByOthers {

  static final Duration TEN = Duration.ofMillis(10);
  static final TaskOptions EAGER = TaskOptions.defaults().withEagerStart(true);
  private static final int LOOKS = 4;

  /** The events of holding and interrupting, and those noted by the test. */
  final List<String> trace = new CopyOnWriteArrayList<>();

  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final AtomicLong readings = new AtomicLong();
  private final SynchronousQueue<String> queue = new SynchronousQueue<>();
  private final AtomicReference<Thread> holder = new AtomicReference<>();
  private final List<Thread> helpers = new ArrayList<>();

  @AfterEach
  void joinHelpers() throws InterruptedException {
    for (Thread helper : helpers) {
      helper.interrupt(); // if the test has failed, it may wait forever
      helper.join();
    }
  }

  final void run(Body body) {
    NanoClock clock =
        () -> {
          readings.incrementAndGet();
          return now.get();
        };
    try (TestLoop loop =
        new TestLoop(
            LoopContext.defaults().withCoroutines(CoroutineMode.HANDOFF).withClock(clock))) {
      loop.run(() -> {
        body.run(loop);
        return null;
      });
    }
  }

  /** Holds the loop until it is released or interrupted. */
  final String hold() throws InterruptedException {
    noteHolder();
    trace.add("holds");
    try {
      return queue.take();
    } catch (InterruptedException interrupted) {
      trace.add("interrupted");
      throw interrupted;
    }
  }

  /** The caller is about to hold the loop. */
  final void noteHolder() {
    holder.set(Thread.currentThread());
  }

  final void passWhenHeld() {
    help(() -> {
      awaitHeld();
      pass(TEN);
    });
  }

  final void releaseWhenHeld(Duration after) {
    help(() -> {
      awaitHeld();
      pass(after);
      long seen = readings.get();
      TestLoop.spinUntil(() -> readings.get() >= seen + LOOKS);
      queue.put("released");
    });
  }

  final void awaitHeld() {
    TestLoop.spinUntil(
        () -> holder.get() != null && holder.get().getState() == Thread.State.WAITING);
    holder.set(null);
  }

  final void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  final void help(Action action) {
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

  static void assertNothingIsLeft() {
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(current().cancelling()).isZero();
    Awaiter.yieldOnce();
  }

  static Task<?> current() {
    return Asyncio.currentTask().orElseThrow();
  }

  /** What another thread does. */
  @FunctionalInterface
  interface Action {
    void run() throws InterruptedException;
  }

  /** The body of a task of the loop. */
  @FunctionalInterface
  interface Body {
    void run(TestLoop loop) throws Exception;
  }

  /** Holds the loop, swallows the interrupt, and counts the requests to cancel it. */
  final @Nullable Void swallowAndCount(TestLoop loop) {
    try {
      hold();
    } catch (InterruptedException swallowed) {
      // Goes on.
    }
    try {
      loop.<String>createFuture().await();
    } catch (CancelledError seen) {
      trace.add("seen");
    }
    Awaiter.yieldOnce();
    Awaiter.yieldOnce();
    trace.add("requests: " + current().cancelling());
    return null;
  }
}
