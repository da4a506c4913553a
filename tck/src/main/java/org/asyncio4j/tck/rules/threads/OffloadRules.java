package org.asyncio4j.tck.rules.threads;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.RuleViolation;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 3, part three: work that crosses between the loop and other threads. */
final class OffloadRules {

  private static final long LIMIT_SECONDS = 5;

  private final LoopFixture fixture;

  OffloadRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Runs bodies on the loop from a foreign thread: one that returns, one that throws, one that is
   * cancelled.
   */
  @Rule("3.15")
  @Hint("Check `callSoonThreadsafe`, `createTask` and `cancel`, which it is built from.")
  void runCoroutineThreadsafePassesOnValueFailureAndCancellation() throws Exception {
    EventLoop loop = fixture.loop();
    fixture.start();
    Promise<String> never = loop.createFuture();
    IOException failure = new IOException("on purpose");
    CountDownLatch cancelled = new CountDownLatch(1);

    CompletableFuture<String> value = Asyncio.runCoroutineThreadsafe(() -> "value", loop);
    CompletableFuture<String> failed =
        Asyncio.runCoroutineThreadsafe(
            () -> {
              throw failure;
            },
            loop);
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<String> waits =
        Asyncio.runCoroutineThreadsafe(() -> waitFor(never, waiting, cancelled), loop);
    fixture.patience().await("the body must begin", waiting);
    waits.cancel(true);

    Expect.equal("the value of the task", "value", value.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    ExecutionException thrown =
        Expect.thrown(
            ExecutionException.class,
            "the future of a task that failed",
            () -> failed.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    Expect.same("what the task failed with", failure, thrown.getCause());
    fixture.patience().await("cancelling the future must cancel the task", cancelled);
    fixture.patience().until("all tasks must be done", () -> loop.allTasks().isEmpty());
  }

  /** Blocks in a body until a callback of the loop releases it, then fails in another. */
  @Rule("3.16")
  @Hint("Run the body on the executor, and complete the future by `callSoonThreadsafe`.")
  void blockingCodeRunsOffTheLoopsThread() {
    EventLoop loop = fixture.loop();
    CountDownLatch release = new CountDownLatch(1);
    IOException failure = new IOException("on purpose");
    AtomicReference<@Nullable EventLoop> completedOn = new AtomicReference<>();

    fixture.runTask(() -> {
      Future<String> future = loop.runInExecutor(() -> awaitRelease(release));
      future.addDoneCallback(_ -> completedOn.set(Asyncio.runningLoop()));
      loop.callSoon(release::countDown);
      Expect.equal("the value of the body", "foreign thread", future.await());
      Future<String> failed =
          loop.runInExecutor(() -> {
            throw failure;
          });
      IOException thrown = Expect.thrown(IOException.class, "a body that throws", failed::await);
      Expect.same("what the body threw", failure, thrown);
    });

    Expect.same("the loop on which the result arrived", loop, completedOn.get());
  }

  /** Closes the loop while a body blocks, then lets the body end. */
  @Rule("3.17")
  @Hint("Drop results that arrive after `close`.")
  void aBodyThatEndsAfterCloseHasNoEffect() {
    EventLoop loop = fixture.loop();
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<String> ended = new CompletableFuture<>();
    Executor executor = command -> Thread.ofPlatform().start(() -> runInto(ended, command));
    fixture.runCallback(() -> {
      Future<String> ignored = loop.runInExecutor(executor, () -> awaitRelease(release));
    });

    loop.close();
    release.countDown();

    Expect.equal("what the executor's thread sees", "no exception", await(ended));
  }

  /** Cancels a future whose body runs already. */
  @Rule("3.18")
  @Hint("Do not interrupt the executor's thread.")
  void cancellingDoesNotStopABodyThatRuns() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);

    fixture.runTask(() -> {
      Future<String> future =
          loop.runInExecutor(() -> {
            running.countDown();
            trace.add(awaitRelease(release));
            ended.countDown();
            return "ignored";
          });
      while (running.getCount() > 0) {
        Asyncio.sleep(Duration.ofMillis(1));
      }
      Expect.that("a pending future must be cancelled", future.cancel());
      Expect.that("a cancelled future must say so", future.isCancelled());
      release.countDown();
    });

    fixture.patience().await("the body must run to its end", ended);
    trace.expect("what the body did", "foreign thread");
  }

  private static String waitFor(
      Promise<String> never, CountDownLatch waiting, CountDownLatch cancelled) {
    waiting.countDown();
    try {
      return never.await();
    } finally {
      cancelled.countDown();
    }
  }

  private static String awaitRelease(CountDownLatch release) throws InterruptedException {
    Expect.thrown(
        IllegalStateException.class, "Asyncio.runningLoop in a body", Asyncio::runningLoop);
    if (!release.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new RuleViolation("the loop must continue while a body blocks, but it does not");
    }
    return "foreign thread";
  }

  private static void runInto(CompletableFuture<String> ended, Runnable command) {
    try {
      command.run();
      ended.complete("no exception");
    } catch (Throwable thrown) {
      ended.complete(thrown.toString());
    }
  }

  private static String await(CompletableFuture<String> ended) {
    try {
      return ended.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException late) {
      throw new RuleViolation("a body must end once it is released", late);
    }
  }
}
