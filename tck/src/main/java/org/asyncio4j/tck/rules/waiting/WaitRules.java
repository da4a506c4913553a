package org.asyncio4j.tck.rules.waiting;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tasks.ReturnWhen;
import org.asyncio4j.tasks.WaitResult;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.ManualClock;

/** Chapter 12, part two: waiting for some of several futures. */
final class WaitRules {

  private static final int A_FEW = 4;
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final LoopFixture fixture;

  WaitRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Waits for the first of two futures. */
  @Rule("12.7")
  @Hint("`removeDoneCallback` must not affect the future itself.")
  void waitReturnsTheFirstAndLeavesTheOthersAlone() {
    Promise<String> first = newFuture();
    Promise<String> second = newFuture();
    Task<WaitResult<String>> waiting =
        create(() -> Asyncio.waitUntil(List.of(first, second), ReturnWhen.FIRST_COMPLETED));
    aFewTicks();

    second.setResult("second");
    fixture.tickUntilDone("the task that waits", waiting);

    Expect.equal("what is done", Set.of(second), waiting.result().done());
    Expect.equal("what is pending", Set.of(first), waiting.result().pending());
    Expect.that("the other future must not be done", !first.isDone());
  }

  /** Waits for a future that is done already. */
  @Rule("12.8")
  @Hint("Call a callback that is added to a done future, too.")
  void waitReturnsIfTheFuturesAreAlreadyDone() {
    Promise<String> done = newFuture();
    done.setResult("value");

    Task<WaitResult<String>> waiting = create(() -> Asyncio.waitAll(List.of(done)));
    fixture.tickUntilDone("the task that waits", waiting);

    Expect.equal("what is done", Set.of(done), waiting.result().done());
  }

  /** Waits with a time limit, with a manual clock. */
  @Rule("12.9")
  @Hint("Check the timers; see chapter 2.")
  void waitReturnsWhenItsTimeIsUp() {
    ManualClock clock = new ManualClock();
    Promise<String> never = fixture.loopWith(clock).createFuture();
    Task<WaitResult<String>> waiting =
        create(() -> Asyncio.waitUntil(List.of(never), ReturnWhen.ALL_COMPLETED, LIMIT));
    aFewTicks();

    clock.advance(LIMIT.minusNanos(1));
    aFewTicks();
    Expect.that("the wait must not end before its time", !waiting.isDone());
    clock.advance(Duration.ofNanos(1));
    fixture.tickUntilDone("the task whose time is over", waiting);

    Expect.equal("what is done", Set.of(), waiting.result().done());
    Expect.equal("what is pending", Set.of(never), waiting.result().pending());
    Expect.that("the future must not be done", !never.isDone());
  }

  /** Cancels a task that waits. */
  @Rule("12.10")
  @Hint(
      "Pass `cancel` to the future that the task awaits, not to all futures that the call graph"
          + " shows for it.")
  void cancellingATaskThatWaitsCancelsNoFuture() {
    Promise<String> first = newFuture();
    Promise<String> second = newFuture();
    Task<WaitResult<String>> waiting = create(() -> Asyncio.waitAll(List.of(first, second)));
    aFewTicks();

    Expect.that("cancel of the task that waits must return true", waiting.cancel());
    fixture.tickUntilDone("the task that waits", waiting);

    Expect.that("the task that waits must be cancelled", waiting.isCancelled());
    Expect.that("the first future must not be done", !first.isDone());
    Expect.that("the second future must not be done", !second.isDone());
  }

  /** Completes three futures in one tick, in all three ways. */
  @Rule("12.11")
  @Hint("Queue the callbacks of a future when it completes, after those that are already queued.")
  void asCompletedReturnsFuturesInOrderOfCompletion() {
    Promise<String> first = newFuture();
    Promise<String> second = newFuture();
    Promise<String> third = newFuture();
    Task<List<Future<String>>> asking =
        create(() -> {
          List<Future<String>> seen = new ArrayList<>();
          Asyncio.asCompleted(List.of(first, second, third)).forEach(seen::add);
          return seen;
        });
    aFewTicks();

    third.setResult("third");
    first.setException(new IOException("on purpose"));
    second.cancel();
    fixture.tickUntilDone("the task that asks for futures", asking);

    Expect.equal("the order of the futures", List.of(third, first, second), asking.result());
    Expect.that("the first future must have failed", first.exception().isPresent());
  }

  /**
   * Cancels a task that waits for the next future when that is done and the task is about to
   * resume.
   */
  @Rule("12.12")
  @Hint("A step that is already scheduled must still raise the error; see 6.19.")
  void asCompletedLosesNoFutureToACancellation() {
    Promise<String> future = newFuture();
    List<Iterator<Future<String>>> kept = new ArrayList<>();
    Task<Future<String>> asking =
        create(() -> {
          Iterator<Future<String>> completed = Asyncio.asCompleted(List.of(future)).iterator();
          kept.add(completed);
          return completed.next();
        });
    aFewTicks();

    future.setResult("value");
    fixture.tick();
    boolean accepted = asking.cancel();
    fixture.tickUntilDone("the task that asks for a future", asking);
    Expect.that("cancel of a task that is about to continue must return true", accepted);
    Expect.that("the task must be cancelled", asking.isCancelled());
    Task<Future<String>> again = create(kept.getFirst()::next);
    fixture.tickUntilDone("the task that asks again", again);

    Expect.same("the future that is returned", future, again.result());
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
