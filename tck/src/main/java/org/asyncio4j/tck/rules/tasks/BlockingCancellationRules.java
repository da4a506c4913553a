package org.asyncio4j.tck.rules.tasks;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.BlockedBody;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 6, part six: cancellations of bodies that block in calls of the JDK. */
final class BlockingCancellationRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  BlockingCancellationRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Cancels two bodies that turn the interrupt into an exception of their own. */
  @Rule("6.27")
  @Hint(
      "Remember that the body was interrupted for a cancellation, until the body has seen it as a"
          + " `CancelledError` or has taken it back.")
  void anyExceptionOfAnInterruptedBodyIsTheCancellation() {
    BackgroundLoop running = fixture.start();
    for (String message : new String[] {"first", "second"}) {
      BlockedBody body = new BlockedBody();
      IllegalStateException failure = new IllegalStateException("the connection is broken");
      Task<Boolean> task =
          running.call(() ->
              fixture
                  .loop()
                  .createTask(() -> {
                    body.blockOrFail(failure);
                    return true;
                  }));
      body.awaitBlocked(fixture.patience());

      task.cancelThreadsafe(message);
      awaitEnd(task);

      Expect.that("a task that was interrupted must be cancelled", task.isCancelled());
      Throwable error = thrownBy(running, task::result);
      Expect.equal("the message of the CancelledError", message, messageOf(error));
      Expect.same(
          "the cause of the CancelledError", failure, error == null ? null : error.getCause());
    }
  }

  /** Completes the calls that two bodies block in, then cancels them, in the same callback. */
  @Rule("6.28")
  @Hint(
      "Decide once, by one atomic state, whether the call or the cancellation came first; call"
          + " `Coroutine.interrupt` only in the second case.")
  void aBodyWhoseCallHasCompletedIsNotInterrupted() {
    if (fixture.context().coroutines() != CoroutineMode.CARRIER) {
      throw fixture.notApplicable("a body that blocks holds the loop on the handoff engine");
    }
    EventLoop loop = fixture.loop();
    IllegalStateException failure = new IllegalStateException("of its own");
    for (int round = 0; round < 2; round++) {
      BlockedBody failing = new BlockedBody();
      Task<Boolean> fails =
          loop.createTask(() -> {
            failing.block();
            throw failure;
          });
      BlockedBody waiting = new BlockedBody();
      Task<Boolean> waits =
          loop.createTask(() -> {
            waiting.block();
            trace.add("interrupted: " + Thread.currentThread().isInterrupted());
            Asyncio.sleep(Duration.ZERO);
            return true;
          });
      loop.callLater(
          Duration.ofMillis(2),
          () -> {
            failing.release();
            waiting.release();
            Expect.that("a task that blocks can be cancelled", fails.cancel());
            Expect.that("a task that blocks can be cancelled", waits.cancel());
          });

      Throwable thrown = thrownBy(() -> loop.runUntilComplete(fails));
      Expect.same("what a body fails with whose call had completed", failure, thrown);
      Expect.thrown(
          CancelledError.class,
          "the next await of a body whose call had completed",
          () -> loop.runUntilComplete(waits));
    }

    trace.expect("the interrupt flag", "interrupted: false", "interrupted: false");
  }

  /** Makes bodies cancel themselves and then block. */
  @Rule("6.29")
  @Hint("Check for an unseen cancellation when a body parks, too.")
  void aBodyThatBlocksWithAnUnseenCancellationIsInterrupted() {
    for (int round = 0; round < 2; round++) {
      Task<Boolean> task =
          fixture
              .loop()
              .createTask(() -> {
                Expect.that("a body can cancel itself", currentTask().cancel());
                trace.add("continues");
                new BlockedBody().block();
                return true;
              });

      Expect.thrown(
          CancelledError.class,
          "a body that blocks after it has cancelled itself",
          () -> fixture.loop().runUntilComplete(task));
    }

    trace.expect("what the bodies do", "continues", "continues");
  }

  /** Cancels bodies that must not be interrupted, and lets them fail. */
  @Rule("6.30")
  @Hint("Treat an exception of a body as the cancellation only if the body was interrupted for it.")
  void withoutInterruptOnCancelAnExceptionOfABlockedBodyIsItsFailure() {
    BackgroundLoop running = fixture.start();
    TaskOptions left = TaskOptions.defaults().withInterruptOnCancel(false);
    IllegalStateException failure = new IllegalStateException("of its own");
    for (int round = 0; round < 2; round++) {
      BlockedBody body = new BlockedBody();
      Callable<Boolean> failing =
          () -> {
            body.block();
            trace.add("interrupted: " + Thread.currentThread().isInterrupted());
            throw failure;
          };
      Task<Boolean> task = running.call(() -> fixture.loop().createTask(failing, left));
      body.awaitBlocked(fixture.patience());

      task.cancelThreadsafe(null);
      fixture
          .patience()
          .during("a body that must not be interrupted must continue", () -> !task.isDone());
      body.release();
      awaitEnd(task);

      Expect.same("what the task fails with", failure, thrownBy(running, task::result));
    }

    trace.expect("the interrupt flag", "interrupted: false", "interrupted: false");
  }

  /** Makes bodies set the interrupt flag again, see the cancellation, and set it once more. */
  @Rule("6.31")
  @Hint("Clear the flag when the cancellation is raised, and also when it is taken back.")
  void theInterruptFlagDoesNotOutliveTheCancellation() {
    BackgroundLoop running = fixture.start();
    for (int round = 0; round < 2; round++) {
      BlockedBody body = new BlockedBody();
      Task<Boolean> task = running.call(() -> fixture.loop().createTask(() -> restore(body)));
      body.awaitBlocked(fixture.patience());

      task.cancelThreadsafe(null);
      awaitEnd(task);

      Expect.that(
          "a task whose body takes a cancellation back must not be cancelled", !task.isCancelled());
    }

    trace.expect(
        "the interrupt flag when the cancellation is raised and when it is taken back",
        "raised: false",
        "taken back: false",
        "raised: false",
        "taken back: false");
  }

  private boolean restore(BlockedBody body) {
    try {
      body.block();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      Asyncio.sleep(Duration.ZERO);
    } catch (CancelledError seen) {
      trace.add("raised: " + Thread.currentThread().isInterrupted());
    }
    // Like libraries that restore the flag at the very end.
    Thread.currentThread().interrupt();
    int ignored = currentTask().uncancel();
    trace.add("taken back: " + Thread.currentThread().isInterrupted());
    return true;
  }

  /** Cancels tasks from a foreign thread: one that waits, and one whose body blocks. */
  @Rule("6.32")
  @Hint("See 3.1; on the handoff engine see `BuiltinTask`.")
  void cancelThreadsafeReachesATaskThatWaitsAndOneThatBlocks() {
    BackgroundLoop running = fixture.start();
    for (int round = 0; round < 2; round++) {
      BlockedBody body = new BlockedBody();
      Task<String> waits =
          running.call(
              () -> fixture.loop().createTask(() -> fixture.loop().<String>createFuture().await()));
      waits.cancelThreadsafe("by a foreign thread");
      awaitEnd(waits);
      Task<Boolean> blocks =
          running.call(() ->
              fixture
                  .loop()
                  .createTask(() -> {
                    body.block();
                    return true;
                  }));
      body.awaitBlocked(fixture.patience());
      blocks.cancelThreadsafe("by a foreign thread");
      awaitEnd(blocks);

      for (Task<?> task : new Task<?>[] {waits, blocks}) {
        Expect.that("a task that a foreign thread cancels must be cancelled", task.isCancelled());
        Expect.equal(
            "the message of the CancelledError",
            "by a foreign thread",
            messageOf(thrownBy(running, task::result)));
        Expect.equal("the requests", 1, running.call(task::cancelling));
      }
    }
  }

  /**
   * Interrupts bodies that swallow the interrupt, see the cancellation at an await, and then fail.
   */
  @Rule("6.60")
  @Hint("Once the cancellation was raised, an exception of the body no longer counts as one.")
  void anExceptionAfterTheCancellationWasSeenFailsTheTask() {
    BackgroundLoop running = fixture.start();
    for (int round = 0; round < 2; round++) {
      BlockedBody body = new BlockedBody();
      IllegalStateException failure = new IllegalStateException("could not clean up");
      Task<String> task =
          running.call(() -> fixture.loop().createTask(() -> failWhenCancelled(body, failure)));
      body.awaitBlocked(fixture.patience());

      task.cancelThreadsafe(null);
      awaitEnd(task);

      Expect.that("a task that fails by itself must not be cancelled", !task.isCancelled());
      Expect.same("what the task fails with", failure, thrownBy(running, task::result));
    }
  }

  private static String failWhenCancelled(BlockedBody body, RuntimeException failure) {
    try {
      body.block();
    } catch (InterruptedException swallowed) {
      // The cancellation comes at the next await.
    }
    try {
      Asyncio.sleep(Duration.ZERO);
    } catch (CancelledError seen) {
      throw failure;
    }
    return "not cancelled";
  }

  private void awaitEnd(Task<?> task) {
    fixture.patience().until("a task that was cancelled must end", task::isDone);
  }

  private static Task<?> currentTask() {
    return Asyncio.currentTask().orElseThrow();
  }

  private static @Nullable String messageOf(@Nullable Throwable error) {
    return error == null ? null : error.getMessage();
  }

  private static @Nullable Throwable thrownBy(BackgroundLoop running, Callable<?> code) {
    return running.call(() -> thrownBy(code));
  }

  private static @Nullable Throwable thrownBy(Callable<?> code) {
    try {
      Object ignored = code.call();
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }
}
