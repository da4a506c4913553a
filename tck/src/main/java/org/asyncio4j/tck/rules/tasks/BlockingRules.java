package org.asyncio4j.tck.rules.tasks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/**
 * Chapter 6, part five: bodies that block in calls of the JDK. Does not apply to the handoff
 * engine, where such a body blocks the loop.
 */
final class BlockingRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  BlockingRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Blocks in a body until a callback of the same loop releases it. */
  @Rule("6.25")
  @Hint("The loop's thread must be the scheduler of the body's virtual thread.")
  void aBodyThatBlocksSuspendsItsTaskOnly() {
    requireCarrier();
    EventLoop loop = fixture.loop();
    CountDownLatch release = new CountDownLatch(1);
    Task<Boolean> task =
        loop.createTask(() -> {
          trace.add("blocks");
          release.await();
          trace.add("continues");
          return true;
        });
    loop.callLater(
        Duration.ofMillis(2),
        () -> {
          trace.add("callback");
          release.countDown();
        });

    loop.runUntilComplete(task);

    trace.expect("the order of the events", "blocks", "callback", "continues");
  }

  /** Cancels a body that blocks, and one that must not be interrupted. */
  @Rule("6.26")
  @Hint(
      "Interrupt the body's thread if it is parked outside `await`, and clear the flag when the"
          + " error is raised.")
  void cancellingInterruptsABodyThatBlocks() {
    requireCarrier();
    EventLoop loop = fixture.loop();
    CountDownLatch never = new CountDownLatch(1);
    Task<Boolean> interrupted = loop.createTask(() -> blockUntilInterrupted(never));
    CountDownLatch release = new CountDownLatch(1);
    Task<Boolean> left =
        loop.createTask(
            () -> {
              release.await();
              trace.add("released");
              Asyncio.sleep(Duration.ZERO);
              return true;
            },
            TaskOptions.defaults().withInterruptOnCancel(false));
    // In one callback: the loop stops when the first task is done, and both must still block.
    loop.callLater(
        Duration.ofMillis(1),
        () -> {
          Expect.that("a task that blocks can be cancelled", left.cancel());
          Expect.that("a task that blocks can be cancelled", interrupted.cancel());
        });

    loop.runUntilComplete(interrupted);
    release.countDown();
    Expect.thrown(
        CancelledError.class,
        "a task that was cancelled while it blocked",
        () -> loop.runUntilComplete(left));

    trace.expect("what the bodies see", "interrupted", "cancelled", "released");
  }

  private boolean blockUntilInterrupted(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException interrupted) {
      trace.add("interrupted");
    }
    try {
      Asyncio.sleep(Duration.ZERO);
    } catch (CancelledError error) {
      trace.add("cancelled");
    }
    Expect.that(
        "the interrupt must not outlive the cancellation", !Thread.currentThread().isInterrupted());
    return true;
  }

  private void requireCarrier() {
    if (fixture.context().coroutines() != CoroutineMode.CARRIER) {
      throw fixture.notApplicable("a body that blocks holds the loop on the handoff engine");
    }
  }
}
