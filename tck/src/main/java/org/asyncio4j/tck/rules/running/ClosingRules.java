package org.asyncio4j.tck.rules.running;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 1, part four: closing, and several loops. */
final class ClosingRules {

  private final LoopFixture fixture;

  ClosingRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Closes a loop twice. */
  @Rule("1.18")
  @Hint("Remember that the loop is closed, and do nothing the second time.")
  void closeMayBeRepeated() {
    EventLoop loop = fixture.loop();

    loop.close();
    Expect.that("a loop must be closed after close", loop.isClosed());
    loop.close();
    Expect.that("a loop must stay closed", loop.isClosed());
  }

  /** Closes a loop in its own callback and from a foreign thread while it runs. */
  @Rule("1.19")
  @Hint("Check whether the loop runs before anything is released.")
  void aRunningLoopRefusesToClose() {
    EventLoop loop = fixture.loop();
    BackgroundLoop background = fixture.start();

    Expect.thrown(IllegalStateException.class, "close of a running loop", loop::close);
    background.call(
        () -> Expect.thrown(IllegalStateException.class, "close in a callback", loop::close));

    Expect.that("a loop must not be closed by a refused close", !loop.isClosed());
    Expect.equal("the result of a later call", "alive", background.call(() -> "alive"));
  }

  /** Closes a loop with a callback and a timer in its queues. */
  @Rule("1.20")
  @Hint("Drop the queues; run nothing while closing.")
  void closeDropsScheduledCallbacks() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    loop.callSoon(trace.adding("callback"));
    loop.callSoonThreadsafe(trace.adding("threadsafe callback"));
    loop.callLater(Duration.ZERO, trace.adding("timer"));

    loop.close();

    fixture.patience().during("nothing must run after close", () -> trace.events().isEmpty());
  }

  /** Closes a loop with a task that has not begun. */
  @Rule("1.29")
  @Hint("Report to the exception handler the tasks that the registry still holds.")
  void closeReportsTasksThatAreNotDone() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    Task<?> task =
        loop.createTask(() -> {
          trace.adding("body").run();
          return "never";
        });

    loop.close();

    ErrorReport report = fixture.takeReport("a task that is closed away");
    Expect.that("the report must name the task", report.future().orElse(null) == task);
    Expect.that("no second report must be made", fixture.pollReport().isEmpty());
    Expect.equal("the tasks of a closed loop", Set.of(), loop.allTasks());
    Expect.equal("what has run", List.of(), trace.events());
  }

  /** Schedules on a closed loop in all four ways. */
  @Rule("1.21")
  @Hint("Check for a closed loop in each of them, before the queue is touched.")
  void aClosedLoopRefusesCallbacks() {
    EventLoop loop = fixture.loop();
    loop.close();

    List<ThrowingRunnable<Exception>> ways =
        List.of(
            () -> loop.callSoon(() -> {}),
            () -> loop.callSoonThreadsafe(() -> {}),
            () -> loop.callLater(Duration.ZERO, () -> {}),
            () -> loop.callAt(loop.time(), () -> {}));
    for (ThrowingRunnable<Exception> way : ways) {
      Expect.thrown(IllegalStateException.class, "scheduling on a closed loop", way);
    }
  }

  /** Creates a task on a closed loop. */
  @Rule("1.22")
  @Hint("Schedule the first step before the task is registered.")
  void aClosedLoopRefusesTasks() {
    EventLoop loop = fixture.loop();
    loop.close();

    Expect.thrown(
        IllegalStateException.class, "createTask on a closed loop", () -> loop.createTask(() -> 1));

    Expect.equal("the tasks of a closed loop", Set.of(), loop.allTasks());
  }

  /** Runs a closed loop. */
  @Rule("1.23")
  @Hint("Check for a closed loop first.")
  void aClosedLoopRefusesToRun() {
    EventLoop loop = fixture.loop();
    Promise<String> future = loop.createFuture();
    loop.close();

    Expect.thrown(IllegalStateException.class, "runForever of a closed loop", loop::runForever);
    Expect.thrown(
        IllegalStateException.class,
        "runUntilComplete of a closed loop",
        () -> loop.runUntilComplete(future));
  }

  /** Calls {@code runInExecutor} on a closed loop. */
  @Rule("1.24")
  @Hint("Check for a closed loop before the executor gets the body.")
  void aClosedLoopRefusesBlockingCode() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    loop.close();

    Expect.thrown(
        IllegalStateException.class,
        "runInExecutor on a closed loop",
        () -> loop.runInExecutor(Executors.callable(trace.adding("default"))));
    Expect.thrown(
        IllegalStateException.class,
        "runInExecutor of a given executor on a closed loop",
        () -> loop.runInExecutor(Runnable::run, Executors.callable(trace.adding("given"))));

    trace.expect("the bodies that ran");
  }

  /** Closes a loop whose default executor was set. */
  @Rule("1.25")
  @Hint("Call `shutdown` of the default executor in `close`.")
  void closeShutsTheDefaultExecutorDown() {
    EventLoop loop = fixture.loop();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      loop.setDefaultExecutor(executor);

      loop.close();

      Expect.that("the default executor must be shut down by close", executor.isShutdown());
    } finally {
      executor.shutdownNow();
    }
  }

  /** Makes a callback of each of two loops wait for the other's. */
  @Rule("1.26")
  @Hint("Check for a lock or a thread that the loops share.")
  void twoLoopsRunAtTheSameTime() {
    EventLoop one = fixture.loop();
    EventLoop other = fixture.openLoop();
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch met = new CountDownLatch(2);
    fixture.start(one);
    fixture.start(other);

    for (EventLoop loop : List.of(one, other)) {
      loop.callSoonThreadsafe(() -> {
        both.countDown();
        fixture.patience().await("the other loop must run in the meantime", both);
        met.countDown();
      });
    }

    fixture.patience().await("two loops must run at the same time", met);
  }
}
