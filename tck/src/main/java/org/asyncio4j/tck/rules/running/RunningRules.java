package org.asyncio4j.tck.rules.running;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 1, part three: running and stopping. */
final class RunningRules {

  private final LoopFixture fixture;

  RunningRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Stops the loop before it runs. */
  @Rule("1.10")
  @Hint(
      "A stop before the run must neither be lost nor prevent the one tick, and that tick must not"
          + " wait for I/O.")
  void stopBeforeRunForeverMakesItRunOneTick() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    loop.callSoon(() -> {
      trace.add("first tick");
      loop.callSoon(trace.adding("second tick"));
    });

    loop.stop();
    loop.runForever();
    trace.expect("what one tick runs", "first tick");

    loop.stop();
    loop.runForever();
    loop.stop();
    loop.runForever();
    trace.expect("what further ticks run", "first tick", "second tick");
  }

  /** Stops the loop in the first of three callbacks; the second schedules another. */
  @Rule("1.11")
  @Hint("Check the stop flag once per tick, after the batch.")
  void stopInACallbackFinishesTheTickAndNoMore() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    loop.callSoon(loop::stop);
    loop.callSoon(() -> {
      trace.add("rest of the batch");
      loop.callSoon(trace.adding("next run"));
    });

    loop.runForever();
    trace.expect("what runs after stop", "rest of the batch");

    fixture.tick();
    trace.expect("what runs in the next run", "rest of the batch", "next run");
  }

  /** Runs a loop again after it was stopped, for several ticks. */
  @Rule("1.12")
  @Hint("Clear the stop flag when a run ends.")
  void aStoppedLoopCanRunAgain() {
    EventLoop loop = fixture.loop();
    loop.callSoon(loop::stop);
    loop.runForever();

    int ticks =
        fixture.run(() -> {
          Asyncio.sleep(Duration.ZERO);
          Asyncio.sleep(Duration.ZERO);
          return 3;
        });

    Expect.equal("the value of a task in the second run", 3, ticks);
  }

  /** Calls {@code isRunning} before, during and after a run. */
  @Rule("1.13")
  @Hint("Set the state before the run and always clear it afterwards.")
  void isRunningIsTrueExactlyWhileTheLoopRuns() {
    EventLoop loop = fixture.loop();

    Expect.that("a loop must not run before it is run", !loop.isRunning());
    fixture.runCallback(() -> Expect.that("a loop must run in a callback", loop.isRunning()));
    fixture.runTask(() -> Expect.that("a loop must run in a task", loop.isRunning()));
    Expect.that("a loop must not run after it was stopped", !loop.isRunning());
  }

  /** Runs a loop that another thread runs. */
  @Rule("1.14")
  @Hint("Refuse before anything is changed; the other run must not be affected.")
  void aLoopThatAnotherThreadRunsRefusesToRun() {
    EventLoop loop = fixture.loop();
    Promise<String> future = loop.createFuture();
    BackgroundLoop background = fixture.start();

    Expect.thrown(IllegalStateException.class, "runForever of a running loop", loop::runForever);
    Expect.thrown(
        IllegalStateException.class,
        "runUntilComplete of a running loop",
        () -> loop.runUntilComplete(future));

    Expect.equal("the result of a later call", "alive", background.call(() -> "alive"));
  }

  /** Runs the loop itself and another one in a callback and in a task. */
  @Rule("1.15")
  @Hint("Refuse to run when any loop runs on the calling thread.")
  void noLoopRunsWithinAnother() {
    EventLoop loop = fixture.loop();
    EventLoop other = fixture.openLoop();

    fixture.runCallback(() -> expectNoNestedRun(loop, other));
    fixture.runTask(() -> expectNoNestedRun(loop, other));
  }

  /**
   * Reads the running loop in a callback, in a task, and on a foreign thread while the loop runs.
   */
  @Rule("1.16")
  @Hint("The object that `open` returns must be the one that runs, not a wrapper around it.")
  void theRunningLoopIsKnownOnlyWithinIt() {
    EventLoop loop = fixture.loop();

    fixture.runCallback(() -> Expect.same("the loop of a callback", loop, Asyncio.runningLoop()));
    fixture.runTask(() -> Expect.same("the loop of a task", loop, Asyncio.runningLoop()));
    try (BackgroundLoop background = fixture.start()) {
      boolean running = background.call(loop::isRunning);
      Expect.that("the loop must run", running);
      Expect.thrown(
          IllegalStateException.class,
          "Asyncio.runningLoop on a foreign thread",
          Asyncio::runningLoop);
    }
  }

  /** Interrupts the thread that waits in {@code runForever}. */
  @Rule("1.17")
  @Hint("Continue to wait despite the interrupt, and set it again at the end.")
  void anInterruptNeitherEndsTheRunNorIsLost() {
    EventLoop loop = fixture.loop();
    Thread waiting = Thread.currentThread();
    AtomicBoolean timerRan = new AtomicBoolean();
    loop.callSoon(waiting::interrupt);
    loop.callLater(
        Duration.ofMillis(20),
        () -> {
          timerRan.set(true);
          loop.stop();
        });

    loop.runForever();

    boolean interrupted = Thread.interrupted();
    Expect.that("a loop must run on when the thread that waits is interrupted", timerRan.get());
    Expect.that("the interrupt must still be set after the run", interrupted);
  }

  private static void expectNoNestedRun(EventLoop... loops) {
    for (EventLoop loop : loops) {
      Expect.thrown(
          IllegalStateException.class, "runForever within a running loop", loop::runForever);
    }
  }
}
