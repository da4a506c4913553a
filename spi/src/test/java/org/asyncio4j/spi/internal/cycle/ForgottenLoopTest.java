package org.asyncio4j.spi.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.CapturedLog;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.ParkingLoop;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/** A loop that is collected without having been closed logs this, and releases its resources. */
@HangGuard
class ForgottenLoopTest {

  private static final int COLLECTIONS = 100;

  private final AtomicInteger cleaned = new AtomicInteger();

  /** A loop that has something of the system. */
  private static final class Holding extends ParkingLoop {

    Holding(LoopContext context, AtomicInteger cleaned) {
      super(context);
      closeIfForgotten(cleaned::incrementAndGet);
    }
  }

  /** A loop one of whose two resources cannot be closed. */
  private static final class Unclosable extends ParkingLoop {

    Unclosable(LoopContext context, AtomicInteger cleaned) {
      super(context);
      closeIfForgotten(() -> {
        throw new IllegalStateException("on purpose");
      });
      closeIfForgotten(cleaned::incrementAndGet);
    }
  }

  /** A loop that takes something of the system, and then cannot be opened. */
  private static final class Failing extends ParkingLoop {

    Failing(LoopContext context, AtomicInteger cleaned) {
      super(context, "failing");
      closeIfForgotten(cleaned::incrementAndGet);
      throw new IllegalStateException("on purpose");
    }
  }

  @OnEachEngine
  void itsResourcesAreClosedOnceAndTheLogNamesIt(CoroutineMode mode) {
    try (CapturedLog log = CapturedLog.start()) {
      WeakReference<?> loop = forget(LoopContext.defaults().withCoroutines(mode), false);
      collectUntilCleaned(loop, 1);
      assertThat(log.messages())
          .contains(
              "unclosed event loop <EventLoop parking %s>; close each loop that you open, or use Asyncio.run or a Runner, which close theirs; debug mode shows where it was opened"
                  .formatted(mode.name().toLowerCase(Locale.ROOT)));
    }
  }

  @OnEachEngine
  void aLoopThatHasRunIsHeldByNoThread(CoroutineMode mode) {
    try (CapturedLog log = CapturedLog.start()) {
      for (int count = 1; count <= 3; count++) {
        WeakReference<?> loop = forget(LoopContext.defaults().withCoroutines(mode), true);
        collectUntilCleaned(loop, count);
      }
      assertThat(log.messages()).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void inDebugModeTheLogShowsWhereItWasOpened() {
    try (CapturedLog log = CapturedLog.start()) {
      collectUntilCleaned(forget(LoopContext.defaults().withDebug(true), false), 1);
      assertThat(log.thrown())
          .anySatisfy(openedAt ->
              assertThat(openedAt.getStackTrace())
                  .anyMatch(frame -> frame.getMethodName().equals("forget")));
      assertThat(log.messages())
          .anySatisfy(message -> assertThat(message).endsWith("which close theirs"));
    }
  }

  /** It could not have been closed. */
  @OnEachEngine
  void aLoopWhoseConstructorFailsIsCleanedUpInSilence(CoroutineMode mode) {
    LoopContext context = LoopContext.defaults().withCoroutines(mode);
    try (CapturedLog log = CapturedLog.start()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> new Failing(context, cleaned))
          .withMessage("on purpose");
      collectUntilCleaned(1);
      assertThat(log.messages()).noneMatch(message -> message.contains("<EventLoop failing"));
    }
  }

  @OnEachEngine
  void aLoopThatWasClosedIsCollectedInSilence(CoroutineMode mode) {
    try (CapturedLog log = CapturedLog.start()) {
      WeakReference<?> closed = closedLoop(LoopContext.defaults().withCoroutines(mode));
      WeakReference<?> other = forget(LoopContext.defaults().withDebug(true), false);
      collectUntilCleaned(other, 1);
      for (int i = 0; i < COLLECTIONS && !closed.refersTo(null); i++) {
        System.gc();
      }
      assertThat(closed.refersTo(null)).isTrue();
      assertThat(cleaned).hasValue(1);
    }
  }

  /** The JVM holds the thread that is the body of its task, and that refers to it. */
  @OnEachEngine
  void aLoopWithATaskThatWaitsIsNotForgotten(CoroutineMode mode) {
    WeakReference<Holding> loop = withPendingTask(LoopContext.defaults().withCoroutines(mode));
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    Holding alive = loop.get();
    assertThat(alive).isNotNull();
    assertThat(cleaned).hasValue(0);
    alive.allTasks().forEach(Task::cancel);
    alive.callSoon(() -> alive.callSoon(alive::stop));
    alive.runForever();
    assertThat(alive.allTasks()).isEmpty();
    alive.close();
  }

  @Test
  void itsDefaultExecutorIsShutDown() {
    try (CapturedLog log = CapturedLog.start();
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      WeakReference<?> loop = forgetWithExecutor(executor);
      collectUntilCleaned(loop, 1);
      TestLoop.spinUntil(executor::isShutdown);
    }
  }

  @Test
  void aFailureToCloseDoesNotStopOthersFromClosing() {
    try (CapturedLog log = CapturedLog.start()) {
      WeakReference<?> loop = forgetWithFailure();
      collectUntilCleaned(loop, 1);
      TestLoop.spinUntil(
          () -> log.thrown().stream().anyMatch(IllegalStateException.class::isInstance));
    }
  }

  /** The one thread of an idle loop is the one that polls, and that does not refer to it. */
  @Test
  void runnersOfCallbacksEndWithTheRun() throws InterruptedException {
    try (TestLoop loop = TestLoop.onCarrier()) {
      List<Thread> runners = new CopyOnWriteArrayList<>();
      for (int run = 0; run < 3; run++) {
        loop.callSoon(() -> runners.add(Thread.currentThread()));
        loop.run(() -> null);
        assertThat(runners).hasSize(run + 1);
        assertThat(runners.getLast().isAlive()).isFalse();
      }
      assertThat(runners).doesNotHaveDuplicates();
    }
  }

  private WeakReference<?> forget(LoopContext context, boolean run) {
    Holding loop = new Holding(context, cleaned);
    loop.callSoon(() -> {});
    if (run) {
      loop.runUntilComplete(
          loop.createTask(() -> {
            loop.callSoon(() -> {});
            Asyncio.sleep(Duration.ofNanos(1));
            return Asyncio.toThread(() -> "ran");
          }));
      loop.callLater(Duration.ofHours(1), loop::stop);
      loop.createFuture().addDoneCallback(done -> loop.stop());
    }
    return new WeakReference<>(loop);
  }

  private WeakReference<?> closedLoop(LoopContext context) {
    Holding loop = new Holding(context, cleaned);
    loop.runUntilComplete(loop.createTask(() -> null));
    loop.close();
    return new WeakReference<>(loop);
  }

  private WeakReference<Holding> withPendingTask(LoopContext context) {
    Holding loop = new Holding(context, cleaned);
    loop.createTask(() -> loop.createFuture().await());
    loop.callSoon(() -> loop.callSoon(loop::stop));
    loop.runForever();
    return new WeakReference<>(loop);
  }

  private WeakReference<?> forgetWithExecutor(ExecutorService executor) {
    Holding loop = new Holding(LoopContext.defaults(), cleaned);
    loop.setDefaultExecutor(executor);
    return new WeakReference<>(loop);
  }

  private WeakReference<?> forgetWithFailure() {
    ParkingLoop loop = new Unclosable(LoopContext.defaults(), cleaned);
    loop.callSoon(() -> {});
    return new WeakReference<>(loop);
  }

  private void collectUntilCleaned(int expected) {
    TestLoop.spinUntil(() -> {
      System.gc();
      return cleaned.get() >= expected;
    });
    assertThat(cleaned).hasValue(expected);
  }

  private void collectUntilCleaned(WeakReference<?> loop, int expected) {
    for (int i = 0; i < COLLECTIONS && !loop.refersTo(null); i++) {
      System.gc();
    }
    assertThat(loop.refersTo(null)).as("the loop is collected").isTrue();
    TestLoop.spinUntil(() -> cleaned.get() >= expected);
    assertThat(cleaned).hasValue(expected);
  }
}
