package org.asyncio4j.tck.rules.waiting;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tasks.WaitResult;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.ForeignTask;
import org.asyncio4j.tck.probe.LoopFixture;

/** Chapter 12, part three: shields, the call graph, and third-party futures. */
final class ShieldRules {

  private static final int A_FEW = 4;

  private final LoopFixture fixture;

  ShieldRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Cancels a task that awaits the shield of another. */
  @Rule("12.13")
  @Hint("Cancelling a future must not affect futures that it has a callback on.")
  void cancellingAShieldLeavesTheFutureAlone() {
    Promise<String> gate = newFuture();
    Task<String> inner = create(gate::await);
    Future<String> outer = Asyncio.shield(inner);
    Task<String> waiting = create(outer::await);
    aFewTicks();

    waiting.cancel();
    fixture.tickUntilDone("the task that awaits the shield", waiting);
    Expect.that("the task that awaits the shield must be cancelled", waiting.isCancelled());
    Expect.equal("the requests to cancel the inner task", 0, inner.cancelling());
    gate.setResult("value");
    fixture.tickUntilDone("the inner task", inner);

    Expect.equal("the result of the inner task", "value", inner.result());
  }

  /** Shields a future twice, cancels both shields and lets the future fail. */
  @Rule("12.14")
  @Hint("`removeDoneCallback` must remove the callbacks that equal the given one.")
  void aFailureBehindACancelledShieldIsReportedOnce() {
    IOException failure = new IOException("on purpose");
    Promise<String> inner = newFuture();
    Expect.that("cancel of a shield must return true", Asyncio.shield(inner).cancel());
    Expect.that("cancel of another shield must return true", Asyncio.shield(inner).cancel());
    aFewTicks();

    inner.setException(failure);
    aFewTicks();

    ErrorReport report = fixture.takeReport("a failure behind a cancelled shield");
    Expect.mentions("the report", report.message(), "exception in shielded future");
    Expect.same("the exception of the report", failure, report.exception().orElse(null));
    Expect.equal(
        "a second report", Optional.empty(), fixture.pollReport().map(ErrorReport::message));
  }

  /** Reads {@code awaitedBy} of a future while it is gathered, shielded and waited for. */
  @Rule("12.18")
  @Hint("Check for `AwaitingCallback` among the callbacks.")
  void aFutureNamesItsAwaiters() {
    Promise<String> child = newFuture();
    Future<List<String>> gathered = Asyncio.gather(child);
    Future<String> shielded = Asyncio.shield(child);
    Task<List<String>> gathering = create(gathered::await);
    Task<WaitResult<String>> waiting = create(() -> Asyncio.waitAll(List.of(child)));
    aFewTicks();

    List<Future<?>> byChild = child.awaitedBy();
    List<Future<?>> byGathering = gathered.awaitedBy();
    child.setResult("value");
    fixture.tickUntilDone("the task that gathers", gathering);
    fixture.tickUntilDone("the task that waits", waiting);

    Expect.equal("who awaits a future", List.of(gathered, shielded, waiting), byChild);
    Expect.equal("who awaits the gathering", List.of(gathering), byGathering);
    Expect.equal("who awaits a done future", List.of(), child.awaitedBy());
  }

  /** Gathers and waits for futures of two loops. */
  @Rule("12.19")
  @Hint("`loop` of a future must always be the loop that created it.")
  void futuresOfAnotherLoopAreRefused() {
    Promise<String> stranger = fixture.openLoop().createFuture();
    fixture.runTask(() -> {
      Promise<String> own = newFuture();
      IllegalArgumentException refusal =
          Expect.thrown(
              IllegalArgumentException.class,
              "gather of futures of two loops",
              () -> Asyncio.gather(own, stranger));
      Expect.mentions("the refusal", refusal.getMessage(), "Asyncio.runCoroutineThreadsafe");
      Expect.thrown(
          IllegalArgumentException.class,
          "wait for futures of two loops",
          () -> Asyncio.waitAll(List.of(own, stranger)));
      Expect.equal("who awaits the loop's own future", List.of(), own.awaitedBy());
    });
  }

  /** Gathers, shields and waits for a task of a third party. */
  @Rule("12.20")
  @Hint("Call each callback, whatever its class.")
  void tasksOfOtherImplementationsCanBeWaitedFor() {
    ForeignTask foreign = new ForeignTask(fixture.loop(), "foreign");
    Future<List<String>> gathered = Asyncio.gather(foreign);
    Future<String> shielded = Asyncio.shield(foreign);
    Task<List<String>> gathering = create(gathered::await);
    Task<String> behindTheShield = create(shielded::await);
    aFewTicks();

    foreign.finish();
    fixture.tickUntilDone("the task that gathers", gathering);
    fixture.tickUntilDone("the task behind the shield", behindTheShield);
    Task<WaitResult<String>> waiting = create(() -> Asyncio.waitAll(List.of(foreign)));
    fixture.tickUntilDone("the task that waits", waiting);

    Expect.equal("the value of the gathering", List.of("done"), gathering.result());
    Expect.equal("the value of the shield", "done", behindTheShield.result());
    Expect.that("the third party's task must be done", waiting.result().done().contains(foreign));
  }

  /**
   * Shields futures of which the first fails with a {@code CancelledError}, the second with
   * another, and the third is cancelled.
   */
  @Rule("12.21")
  @Hint("`setException` must make a future fail, whatever the exception.")
  void aShieldOfAFutureThatFailsWithCancelledErrorIsNotCancelled() {
    for (String message : List.of("the first", "the second")) {
      Promise<String> inner = newFuture();
      Future<String> outer = Asyncio.shield(inner);
      CancelledError error = new CancelledError(message);
      inner.setException(error);
      aFewTicks();

      Expect.that("a shield must be done with its future", outer.isDone());
      Expect.that("a shield of a failed future must not be cancelled", !outer.isCancelled());
      Expect.same("what the shield fails with", error, outer.exception().orElse(null));
      Expect.same("what the future fails with", error, inner.exception().orElse(null));
    }
    Promise<String> cancelled = newFuture();
    Future<String> outer = Asyncio.shield(cancelled);
    cancelled.cancel();
    aFewTicks();
    Expect.that("a shield of a cancelled future must be cancelled", outer.isCancelled());
  }

  private void aFewTicks() {
    for (int ticks = 0; ticks < A_FEW; ticks++) {
      fixture.tick();
    }
  }

  private <T> Task<T> create(Callable<T> body) {
    return fixture.loop().createTask(body);
  }

  private Promise<String> newFuture() {
    return fixture.loop().createFuture();
  }
}
