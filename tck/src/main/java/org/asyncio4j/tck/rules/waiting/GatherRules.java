package org.asyncio4j.tck.rules.waiting;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;

/** Chapter 12, part one: gathering. */
final class GatherRules {

  private static final int A_FEW = 4;

  private final LoopFixture fixture;

  GatherRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Gathers futures that complete in another order, in one tick. */
  @Rule("12.1")
  @Hint("Let each future keep its own value.")
  void gatherReturnsTheValuesInTheOrderOfTheFutures() {
    Promise<String> first = newFuture();
    Promise<String> second = newFuture();
    Promise<String> third = newFuture();
    Future<List<String>> gathered = Asyncio.gather(first, second, third);
    Task<List<String>> awaiting = create(gathered::await);
    fixture.tick();

    third.setResult("third");
    first.setResult("first");
    second.setResult("second");
    fixture.tickUntilDone("the task that gathers", awaiting);

    Expect.equal("the values", List.of("first", "second", "third"), awaiting.result());
  }

  /** Lets one of two futures fail. */
  @Rule("12.2")
  @Hint("A failure must affect only the code that waits for the future.")
  void gatherFailsWithTheFirstFailureAndTheOthersContinue() {
    IOException failure = new IOException("on purpose");
    Promise<String> gate = newFuture();
    Promise<String> failing = newFuture();
    Task<String> sibling = create(gate::await);
    Future<List<String>> gathered = Asyncio.gather(sibling, failing);
    Task<List<String>> awaiting = create(gathered::await);
    aFewTicks();

    failing.setException(failure);
    fixture.tickUntilDone("the task that gathers", awaiting);

    Expect.that("the task that gathers must not be cancelled", !awaiting.isCancelled());
    Expect.same(
        "what the task that gathers fails with", failure, awaiting.exception().orElse(null));
    Expect.that("the other must not be done", !sibling.isDone());
    Expect.equal("the requests to cancel the other", 0, sibling.cancelling());
    gate.setResult("went on");
    fixture.tickUntilDone("the other", sibling);
    Expect.equal("the result of the other", "went on", sibling.result());
  }

  /** Lets two futures fail and drops them. */
  @Rule("12.3")
  @Hint("Let `result` mark the failure as retrieved, in callbacks, too.")
  void laterFailuresCountAsRetrieved() {
    WeakReference<Object> dropped = dropGatheringOfTwoFailures();

    fixture.patience().untilCollected("the future must be collected", () -> dropped.get() == null);
    for (int ticks = 0; ticks < 3; ticks++) {
      System.gc();
      fixture.tick();
    }

    Expect.equal(
        "the report of a later failure",
        Optional.empty(),
        fixture.pollReport().map(ErrorReport::message));
  }

  /** Cancels a task that gathers, among others a task that occurs twice. */
  @Rule("12.4")
  @Hint("Pass `cancel` of a task on once to the future that the task waits for.")
  void cancellingAGatheringCancelsEachFutureOnce() {
    Promise<String> never = newFuture();
    Promise<String> other = newFuture();
    Task<String> twice = create(never::await);
    Future<List<String>> gathered = Asyncio.<String>gather(twice, other, twice);
    Task<List<String>> awaiting = create(gathered::await);
    aFewTicks();

    boolean accepted = awaiting.cancel("enough");

    Expect.that("cancel of the task that gathers must return true", accepted);
    Expect.equal("the requests to cancel what occurs twice", 1, twice.cancelling());
    Expect.that("the other future must be cancelled", other.isCancelled());
    fixture.tickUntilDone("the task that gathers", awaiting);
    fixture.tickUntilDone("what occurs twice", twice);
    Expect.that("the task that gathers must be cancelled", awaiting.isCancelled());
  }

  /** Cancels one of two futures. */
  @Rule("12.5")
  @Hint("Treat a future that fails with `CancelledError` as failed, not cancelled.")
  void aCancelledFutureFailsItsGatheringWhichIsNotCancelled() {
    Promise<String> cancelled = newFuture();
    Promise<String> sibling = newFuture();
    Future<List<String>> gathered = Asyncio.gather(cancelled, sibling);
    Task<List<String>> awaiting = create(gathered::await);
    aFewTicks();

    cancelled.cancel("no more");
    fixture.tickUntilDone("the task that gathers", awaiting);

    Expect.that("the gathering must not be cancelled", !gathered.isCancelled());
    CancelledError error =
        Expect.thrown(CancelledError.class, "result of the gathering", gathered::result);
    Expect.equal("its message", "no more", error.getMessage());
    Expect.that("the other future must be pending", !sibling.isDone());
    Expect.that("the task that gathers must be cancelled", awaiting.isCancelled());
  }

  /** Cancels a task that gathers outcomes, one of them of a task that cleans up. */
  @Rule("12.6")
  @Hint("A task must be done, and call its callbacks, only when its body has ended.")
  void aCancelledGatheringOfOutcomesWaitsForAll() {
    Promise<String> failing = newFuture();
    Promise<String> never = newFuture();
    Promise<String> cleaning = newFuture();
    Task<String> slow =
        create(() -> {
          try {
            return never.await();
          } finally {
            cleaning.await();
          }
        });
    Future<List<Outcome<String>>> gathered = Asyncio.<String>gatherOutcomes(failing, slow);
    Task<List<Outcome<String>>> awaiting = create(gathered::await);
    aFewTicks();

    failing.setException(new IOException("on purpose"));
    aFewTicks();
    awaiting.cancel();
    aFewTicks();
    Expect.that("the task that gathers must not be done before all are", !awaiting.isDone());
    cleaning.setResult("clean");
    fixture.tickUntilDone("the task that gathers", awaiting);

    Expect.that("the task that cleans up must be done", slow.isDone());
    Expect.that("the task that gathers must be cancelled", awaiting.isCancelled());
  }

  private WeakReference<Object> dropGatheringOfTwoFailures() {
    Promise<String> first = newFuture();
    Promise<String> second = newFuture();
    Future<List<String>> gathered = Asyncio.gather(first, second);
    first.setException(new IOException("the first"));
    aFewTicks();
    Expect.thrown(IOException.class, "result of the gathering", gathered::result);
    second.setException(new IOException("the second"));
    aFewTicks();
    return new WeakReference<>(second);
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
