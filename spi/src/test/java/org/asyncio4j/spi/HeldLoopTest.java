package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.tasks.Timeout;
import org.example.Culprit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Code that parks outside {@code await} on the hand-off engine, by a clock that the test moves. */
@HangGuard
class HeldLoopTest {

  private static final Duration TEN = Duration.ofMillis(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int LOOKS = 4;

  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final AtomicLong readings = new AtomicLong();
  private final SynchronousQueue<String> queue = new SynchronousQueue<>();
  private final List<String> trace = new CopyOnWriteArrayList<>();
  private final List<Thread> helpers = new ArrayList<>();

  @AfterEach
  void joinHelpers() throws InterruptedException {
    for (Thread helper : helpers) {
      helper.join();
    }
  }

  @Test
  void aLimitDoesNotInterruptBeforeItsTime() {
    try (TestLoop loop = open()) {
      loop.run(() -> {
        Thread body = Thread.currentThread();
        help(() -> {
          awaitParked(body);
          pass(TEN.minusNanos(1));
          awaitLooks();
          queue.put("in time");
        });
        assertThat(Asyncio.timeout(TEN, queue::take)).isEqualTo("in time");
        return null;
      });
    }
  }

  @Test
  void aLimitInterruptsAtItsTime() {
    try (TestLoop loop = open()) {
      loop.run(() -> {
        passWhenParked(TEN);
        Timeout limit = Timeout.after(TEN);
        assertThatThrownBy(() -> limit.run(queue::take))
            .isInstanceOf(TimeoutException.class)
            .hasCauseInstanceOf(InterruptedException.class);
        assertThat(limit.expired()).isTrue();
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void aBlockLearnsThatItsTimeIsUp() {
    try (TestLoop loop = open()) {
      loop.run(() -> {
        passWhenParked(TEN);
        String value =
            Asyncio.timeout(
                TEN,
                limit -> {
                  try {
                    return queue.take();
                  } catch (InterruptedException interrupted) {
                    assertThat(limit.expired()).isTrue();
                    assertThatThrownBy(() -> limit.reschedule(TEN))
                        .isInstanceOf(IllegalStateException.class);
                    assertThat(currentTask().hasUnseenInterrupt()).isTrue();
                    return "requests: " + currentTask().cancelling();
                  }
                });
        assertThat(value).isEqualTo("requests: 1");
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void aLimitCannotBeRescheduledWhenItHasInterrupted() {
    try (TestLoop loop = open()) {
      loop.run(() -> {
        passWhenParked(TEN);
        String value =
            Asyncio.timeout(
                TEN,
                limit -> {
                  try {
                    return queue.take();
                  } catch (InterruptedException interrupted) {
                    assertThatThrownBy(() -> limit.reschedule(TEN))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("expiring");
                    return "too late";
                  }
                });
        assertThat(value).isEqualTo("too late");
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void anOuterLimitEndsTheInnerBlock() {
    try (TestLoop loop = open()) {
      loop.run(() -> {
        passWhenParked(TEN);
        assertThatThrownBy(() ->
                Asyncio.timeout(TEN, () -> noting(() -> Asyncio.timeout(SECOND, queue::take))))
            .isInstanceOf(TimeoutException.class)
            .hasMessage("not done within " + TEN);
        assertThat(trace).containsExactly("InterruptedException");
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void anInnerLimitLeavesTheOuterBlockAlone() {
    try (TestLoop loop = open()) {
      loop.run(() -> {
        passWhenParked(TEN);
        String value =
            Asyncio.timeout(
                SECOND,
                () -> {
                  assertThatThrownBy(() -> Asyncio.timeout(TEN, queue::take))
                      .isInstanceOf(TimeoutException.class);
                  assertNothingIsLeft();
                  return "goes on";
                });
        assertThat(value).isEqualTo("goes on");
        return null;
      });
    }
  }

  @Test
  void anInterruptThatIsSwallowedIsFollowedByTheCancellationAtTheNextAwait() {
    try (TestLoop loop = open()) {
      loop.run(() -> {
        passWhenParked(TEN);
        assertThatThrownBy(() ->
                Asyncio.timeout(
                    TEN,
                    () -> {
                      swallow();
                      Thread.currentThread().interrupt();
                      return noting(() -> loop.<String>createFuture().await());
                    }))
            .isInstanceOf(TimeoutException.class)
            .hasCauseInstanceOf(CancelledError.class);
        assertThat(trace).containsExactly("interrupted", "CancelledError");
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void aLaterLimitInterruptsABodyThatHasSwallowedTheFirst() {
    try (TestLoop loop = open()) {
      loop.run(() -> {
        Thread body = Thread.currentThread();
        help(() -> {
          awaitParked(body);
          pass(TEN);
          TestLoop.spinUntil(() -> trace.size() == 1);
          awaitParked(body);
          pass(TEN);
        });
        assertThatThrownBy(() ->
                Asyncio.timeout(
                    TEN.multipliedBy(2),
                    () ->
                        Asyncio.timeout(
                            TEN,
                            () -> {
                              swallow();
                              return queue.take();
                            })))
            .isInstanceOf(TimeoutException.class)
            .hasMessage("not done within " + TEN.multipliedBy(2));
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void aTaskThatMustNotBeInterruptedIsNot() {
    try (TestLoop loop = open()) {
      Task<String> task =
          loop.createTask(
              () -> {
                Thread body = Thread.currentThread();
                help(() -> {
                  awaitParked(body);
                  pass(TEN);
                  currentTaskOf(loop).cancelThreadsafe("enough");
                  awaitLooks();
                  queue.put("in its own time");
                });
                return Asyncio.timeout(TEN, queue::take);
              },
              TaskOptions.defaults().withInterruptOnCancel(false));
      loop.run(() -> {
        assertThat(task.await()).isEqualTo("in its own time");
        return null;
      });
    }
  }

  @Test
  void aRequestThatTheLoopHasServedDoesNotInterrupt() {
    try (TestLoop loop = open()) {
      loop.run(() -> {
        Task<String> task =
            loop.createTask(() -> {
              try {
                return loop.<String>createFuture().await();
              } catch (CancelledError seen) {
                int ignored = currentTask().uncancel();
                Thread body = Thread.currentThread();
                help(() -> {
                  awaitParked(body);
                  awaitLooks();
                  queue.put("goes on");
                });
                return queue.take();
              }
            });
        Awaiter.yieldOnce();
        help(() -> task.cancelThreadsafe("enough"));
        assertThat(task.await()).isEqualTo("goes on");
        return null;
      });
    }
  }

  @Test
  void whoHoldsTheLoopIsWarnedOfOnceForEachPlace() {
    try (CapturedLog log = CapturedLog.start();
        TestLoop loop = open()) {
      loop.runUntilComplete(
          loop.createTask(
              () -> {
                for (int i = 0; i < 2; i++) {
                  Culprit.park(opensAfter(SECOND));
                }
                Culprit.parkElsewhere(opensAfter(SECOND));
                return null;
              },
              TaskOptions.named("culprit")));
      TestLoop.spinUntil(() -> log.messages().size() >= 2);

      assertThat(log.messages())
          .hasSize(2)
          .allSatisfy(message ->
              assertThat(message)
                  .startsWith("task culprit has held loop asyncio4j-parking for ")
                  .contains("Asyncio.toThread"));
      assertThat(log.thrown())
          .extracting(thrown -> Arrays.toString(thrown.getStackTrace()))
          .anyMatch(stack -> stack.contains("Culprit.park("))
          .anyMatch(stack -> stack.contains("Culprit.parkElsewhere("));
    }
  }

  @Test
  void soIsACallbackThatParks() {
    try (CapturedLog log = CapturedLog.start();
        TestLoop loop = open()) {
      loop.run(() -> {
        loop.callSoon(() -> {
          try {
            Culprit.park(opensAfter(SECOND));
          } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
          }
        });
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        return null;
      });
      TestLoop.spinUntil(() -> !log.messages().isEmpty());

      assertThat(log.messages()).singleElement().asString().startsWith("a callback has held loop");
    }
  }

  @Test
  void whoParksForLessOrAwaitsOrComputesIsNot() {
    try (CapturedLog log = CapturedLog.start();
        TestLoop loop = open()) {
      loop.run(() -> {
        Culprit.park(opensAfter(SECOND.minusNanos(1)));
        loop.callSoonThreadsafe(() -> {});
        Task<String> waits = loop.createTask(() -> loop.<String>createFuture().await());
        Awaiter.yieldOnce();
        pass(SECOND.multipliedBy(10));
        long seen = readings.get();
        // Computes; the watch does not read the clock for that, so go by the real one.
        long start = System.nanoTime();
        while (System.nanoTime() - start < Duration.ofMillis(200).toNanos()) {
          Thread.onSpinWait();
        }
        assertThat(readings.get()).isGreaterThanOrEqualTo(seen);
        waits.cancel();
        return null;
      });

      assertThat(log.messages()).isEmpty();
    }
  }

  /** Makes a latch that opens when the caller has parked, the time has passed and was seen. */
  private CountDownLatch opensAfter(Duration time) {
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

  private void swallow() {
    try {
      trace.add(queue.take());
    } catch (InterruptedException swallowed) {
      trace.add("interrupted");
    }
  }

  private String noting(Callable<String> block) throws Exception {
    try {
      return block.call();
    } catch (Throwable thrown) {
      trace.add(thrown.getClass().getSimpleName());
      throw thrown;
    }
  }

  private void passWhenParked(Duration time) {
    Thread body = Thread.currentThread();
    help(() -> {
      awaitParked(body);
      pass(time);
    });
  }

  private void help(Action action) {
    helpers.add(
        Thread.ofPlatform()
            .start(() -> {
              try {
                action.run();
              } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
              }
            }));
  }

  private TestLoop open() {
    NanoClock clock =
        () -> {
          readings.incrementAndGet();
          return now.get();
        };
    return new TestLoop(
        LoopContext.defaults().withCoroutines(CoroutineMode.HANDOFF).withClock(clock));
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  /** While the loop is held, only the watch reads the clock. */
  private void awaitLooks() {
    long seen = readings.get();
    spin(() -> readings.get() >= seen + LOOKS);
  }

  private static void awaitParked(Thread body) {
    spin(() -> body.getState() == Thread.State.WAITING);
  }

  private static void spin(BooleanSupplier condition) {
    TestLoop.spinUntil(condition);
  }

  private static void assertNothingIsLeft() {
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(currentTask().cancelling()).isZero();
    Awaiter.yieldOnce();
  }

  private static Task<?> currentTask() {
    return Asyncio.currentTask().orElseThrow();
  }

  private static Task<?> currentTaskOf(BaseEventLoop loop) {
    return loop.allTasks().stream()
        .filter(task -> task.toString().contains("pending"))
        .findFirst()
        .orElseThrow();
  }

  /** What another thread does. */
  @FunctionalInterface
  private interface Action {
    void run() throws InterruptedException;
  }
}
