package org.asyncio4j.tck.rules.futures;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 4, part three: waiting for futures, and exceptions that are never retrieved. */
final class AwaitRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  AwaitRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Drops a failed future whose exception was not retrieved. */
  @Rule("4.8")
  @Hint("Watch the future's reachability, and report on the loop's thread.")
  void anUnretrievedExceptionIsReportedOnce() {
    IllegalArgumentException failure = new IllegalArgumentException("on purpose");
    dropFailedFuture(failure, false);

    List<ErrorReport> reports = new ArrayList<>();
    fixture
        .patience()
        .untilCollected(
            "an unretrieved exception must be reported",
            () -> {
              fixture.tick();
              fixture.pollReport().ifPresent(reports::add);
              return !reports.isEmpty();
            });

    Expect.same(
        "the exception of the report", failure, reports.getFirst().exception().orElse(null));
    System.gc();
    fixture.tick();
    Expect.equal("a second report", Optional.empty(), fixture.pollReport());
  }

  /** Drops a failed future whose exception was retrieved. */
  @Rule("4.9")
  @Hint("Let `result` and `exception` mark the failure as retrieved.")
  void aRetrievedExceptionIsNotReported() {
    WeakReference<Object> dropped =
        dropFailedFuture(new IllegalArgumentException("on purpose"), true);

    fixture.patience().untilCollected("the future must be collected", () -> dropped.get() == null);
    for (int ticks = 0; ticks < 3; ticks++) {
      System.gc();
      fixture.tick();
    }

    Expect.equal(
        "the report of a retrieved exception",
        Optional.empty(),
        fixture.pollReport().map(ErrorReport::message));
  }

  /** Awaits a done future while a callback is queued. */
  @Rule("4.14")
  @Hint("Return before anything is suspended.")
  void awaitingADoneFutureDoesNotYield() {
    EventLoop loop = fixture.loop();
    fixture.runTask(() -> {
      Promise<String> done = loop.createFuture();
      done.setResult("value");
      loop.callSoon(trace.adding("callback"));
      trace.add(done.await());
      trace.expect("what runs before the task continues", "value");
    });
  }

  /** Awaits a future that fails in the meantime, and one that has failed before. */
  @Rule("4.15")
  @Hint("Throw the future's exception, in the frame of `await`.")
  void awaitThrowsTheExceptionOfTheFuture() {
    EventLoop loop = fixture.loop();
    IOException failure = new IOException("on purpose");
    fixture.runTask(() -> {
      Promise<String> fails = loop.createFuture();
      loop.callSoon(() -> fails.setException(failure));
      for (int attempt = 0; attempt < 2; attempt++) {
        IOException thrown =
            Expect.thrown(IOException.class, "await of a failed future", fails::await);
        Expect.same("what await throws", failure, thrown);
      }
    });
  }

  /** Awaits a pending future in a callback and on the thread that owns the idle loop. */
  @Rule("4.16")
  @Hint("Check whether a task of the loop runs on this thread.")
  void awaitingOutsideATaskIsRefused() {
    Promise<String> pending = fixture.loop().createFuture();

    fixture.runCallback(() -> {
      Expect.thrown(IllegalStateException.class, "await in a callback", pending::await);
    });
    Expect.thrown(IllegalStateException.class, "await outside the loop", pending::await);

    pending.setResult("value");
    Expect.equal("await of a done future outside a task", "value", pending.await());
  }

  /** Awaits a future of another loop. */
  @Rule("4.17")
  @Hint("Compare the loops before the task is suspended.")
  void awaitingAFutureOfAnotherLoopIsRefused() {
    Promise<String> foreign = fixture.openLoop().createFuture();

    String answer =
        fixture.run(() -> {
          Expect.thrown(
              IllegalStateException.class, "await of another loop's future", foreign::await);
          Asyncio.sleep(Duration.ZERO);
          return "went on";
        });

    Expect.equal("what the task does after it caught the exception", "went on", answer);
  }

  /** Makes three tasks await the same future. */
  @Rule("4.18")
  @Hint("Register tasks that wait as callbacks of the future, in order.")
  void tasksThatAwaitTheSameFutureContinueInOrder() {
    EventLoop loop = fixture.loop();
    Promise<String> future = loop.createFuture();
    List<Task<Boolean>> tasks = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      tasks.add(
          loop.createTask(() -> {
            trace.add(name + future.await());
            return true;
          }));
    }
    fixture.tick();
    trace.expect("what runs while the future is pending");

    future.setResult("!");
    tasks.forEach(task -> fixture.tickUntilDone("a task that awaits a done future", task));

    trace.expect("the order of the tasks", "a!", "b!", "c!");
  }

  /** Follows stages that complete, fail, and are cancelled through the future. */
  @Rule("4.21")
  @Hint("Check `createFuture`, `callSoonThreadsafe` and `cancel`, which it is built from.")
  void aWrappedStageIsFollowedAndCancelled() {
    IOException failure = new IOException("on purpose");
    fixture.runTask(() -> {
      CompletableFuture<String> completes = new CompletableFuture<>();
      CompletableFuture<String> fails = new CompletableFuture<>();
      CompletableFuture<String> cancelled = new CompletableFuture<>();
      Future<String> ofCompletes = Asyncio.wrapFuture(completes);
      Future<String> ofFails = Asyncio.wrapFuture(fails);
      Future<String> ofCancelled = Asyncio.wrapFuture(cancelled);

      Thread other =
          Thread.ofPlatform()
              .start(() -> {
                completes.complete("value");
                fails.completeExceptionally(failure);
              });
      Expect.equal("the value of the stage", "value", ofCompletes.await());
      IOException thrown =
          Expect.thrown(IOException.class, "await of a failed stage", ofFails::await);
      Expect.same("what the stage failed with", failure, thrown);
      other.join();

      ofCancelled.cancel();
      Asyncio.sleep(Duration.ZERO);
      Expect.that("cancelling the future must cancel the stage", cancelled.isCancelled());
    });
  }

  // In a separate method, so that no local variable holds the future.
  private WeakReference<Object> dropFailedFuture(Throwable failure, boolean retrieve) {
    Promise<String> failed = fixture.loop().createFuture();
    failed.setException(failure);
    if (retrieve) {
      Expect.same("the exception of the future", failure, failed.exception().orElse(null));
    }
    return new WeakReference<>(failed);
  }
}
