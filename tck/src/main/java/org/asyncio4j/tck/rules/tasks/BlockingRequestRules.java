package org.asyncio4j.tck.rules.tasks;

import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.BlockedBody;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 6, part seven: several requests for the cancellation of bodies that block. */
final class BlockingRequestRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  BlockingRequestRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Cancels, twice, bodies that swallow interrupts; the second body then checks its requests. */
  @Rule("6.33")
  @Hint("Let each request interrupt a body once, at once or where it blocks next.")
  void eachRequestInterruptsABodyOnce() {
    BackgroundLoop running = fixture.start();
    expectOneInterruptForEachRequest(running, false);
    expectOneInterruptForEachRequest(running, true);
  }

  private void expectOneInterruptForEachRequest(BackgroundLoop running, boolean looks) {
    Trace interrupts = new Trace();
    BlockedBody[] bodies = {new BlockedBody(), new BlockedBody(), new BlockedBody()};
    Task<Boolean> task =
        create(
            running,
            () -> {
              for (BlockedBody body : bodies) {
                interrupts.add(swallow(body, looks));
              }
              return true;
            });
    for (int requests = 1; requests < bodies.length; requests++) {
      int expected = requests;
      bodies[requests - 1].awaitBlocked(fixture.patience());
      task.cancelThreadsafe(null);
      bodies[requests].awaitBlocked(fixture.patience());
      fixture
          .patience()
          .during(
              "one request must not interrupt twice", () -> interrupts.events().size() == expected);
    }
    bodies[2].release();
    awaitEnd(task);

    interrupts.expect("what the blocking calls do", "interrupted", "interrupted", "released");
    Expect.that("a cancellation that the body has not seen must not be lost", task.isCancelled());
  }

  private static String swallow(BlockedBody body, boolean looks) {
    try {
      body.block();
      return "released";
    } catch (InterruptedException swallowed) {
      Expect.that(
          "a body that was interrupted must have a request",
          !looks || currentTask().cancelling() > 0);
      return "interrupted";
    }
  }

  /** Makes bodies that were asked to end twice take one of the requests back and block again. */
  @Rule("6.61")
  @Hint(
      "`uncancel` that leaves a request which the body has not seen must make the body be"
          + " interrupted where it blocks next.")
  void theRemainingRequestInterruptsTheNextBlockingCall() {
    BackgroundLoop running = fixture.start();
    for (int round = 0; round < 2; round++) {
      BlockedBody body = new BlockedBody();
      Task<Boolean> task =
          create(
              running,
              () -> {
                body.blockThoughInterrupted();
                trace.add("left: " + currentTask().uncancel());
                new BlockedBody().block();
                return true;
              });
      body.awaitBlocked(fixture.patience());

      cancel(running, task, "first", "second");
      body.awaitInterrupted(fixture.patience());
      body.release();
      awaitEnd(task);

      Expect.that("the task must be cancelled", task.isCancelled());
    }

    trace.expect("the requests", "left: 1", "left: 1");
  }

  /** Cancels, three times, bodies that keep blocking despite interrupts and then fail. */
  @Rule("6.62")
  @Hint("See 6.51.")
  void ofSeveralMessagesABodyThatBlocksIsCancelledWithTheLast() {
    BackgroundLoop running = fixture.start();
    for (int round = 0; round < 2; round++) {
      BlockedBody body = new BlockedBody();
      IllegalStateException failure = new IllegalStateException("the connection is broken");
      Task<Boolean> task =
          create(
              running,
              () -> {
                body.blockThoughInterrupted();
                throw failure;
              });
      body.awaitBlocked(fixture.patience());

      cancel(running, task, "first");
      body.awaitInterrupted(fixture.patience());
      cancel(running, task, "second", "third");
      body.release();
      awaitEnd(task);

      CancelledError error =
          running.call(() ->
              Expect.thrown(CancelledError.class, "result of a cancelled task", task::result));
      Expect.equal("the message of the CancelledError", "third", error.getMessage());
    }
  }

  /**
   * Cancels a task whose body blocks; on return the loop has processed it, unless the body blocks
   * the loop.
   */
  private void cancel(BackgroundLoop running, Task<?> task, String... messages) {
    for (String message : messages) {
      task.cancelThreadsafe(message);
    }
    if (fixture.context().coroutines() == CoroutineMode.CARRIER) {
      // The second tick runs the callbacks that the requests have scheduled.
      running.perform(() -> {});
      running.perform(() -> {});
    }
  }

  private <T> Task<T> create(BackgroundLoop running, Callable<T> body) {
    return running.call(() -> fixture.loop().createTask(body));
  }

  private void awaitEnd(Task<?> task) {
    fixture.patience().until("a task that was cancelled must end", task::isDone);
  }

  private static Task<?> currentTask() {
    return Asyncio.currentTask().orElseThrow();
  }
}
