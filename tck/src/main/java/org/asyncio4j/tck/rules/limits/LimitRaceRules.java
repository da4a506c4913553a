package org.asyncio4j.tck.rules.limits;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.ManualClock;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 13, part two: a limit that passes together with another event. */
final class LimitRaceRules {

  private static final Duration TEN = Duration.ofMillis(10);

  private final LoopFixture fixture;
  private final ManualClock clock = new ManualClock();
  private final Trace trace = new Trace();

  LimitRaceRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Cancels a task in the tick in which its limit passes. */
  @Rule("13.6")
  @Hint("Count each request, also a second one before the first was delivered.")
  void aCancellationInTheTickOfALimitIsNotLost() {
    EventLoop loop = fixture.loopWith(clock);
    Promise<String> never = loop.createFuture();
    Task<String> task = loop.createTask(() -> Asyncio.timeout(TEN, () -> never.await()));
    fixture.tick();
    loop.callLater(TEN, task::cancel);

    clock.advance(TEN);
    fixture.tickUntilDone("a task that is cancelled and late", task);

    Expect.that("the task must be cancelled", task.isCancelled());
    Expect.equal("the requests that are left", 1, task.cancelling());
  }

  /** Lets two nested limits pass at once. */
  @Rule("13.7")
  @Hint("Let `uncancel` take back one request, not all.")
  void ofTwoLimitsThatExpireAtOnceTheOuterDecides() {
    EventLoop loop = fixture.loopWith(clock);
    Promise<String> never = loop.createFuture();
    Task<String> task =
        loop.createTask(() ->
            Asyncio.timeout(
                TEN,
                () -> {
                  try {
                    return Asyncio.timeout(TEN, () -> never.await());
                  } catch (TimeoutException inner) {
                    trace.add("the inner limit");
                    return "continues";
                  }
                }));
    fixture.tick();

    clock.advance(TEN);
    fixture.tickUntilDone("a task with two limits", task);

    trace.expect("what the body sees");
    Expect.that("the task must not be cancelled", !task.isCancelled());
    Expect.that(
        "the outer limit must throw TimeoutException",
        task.exception().orElse(null) instanceof TimeoutException);
    Expect.equal("the requests that are left", 0, task.cancelling());
  }

  /** Waits for a task that is late and cleans up. */
  @Rule("13.10")
  @Hint(
      "Cancelling a task that waits for another must cancel that one, rule 6.8, and the wait must"
          + " end when that one has ended.")
  void waitForReturnsWhenTheLateTaskHasEnded() {
    EventLoop loop = fixture.loopWith(clock);
    Promise<String> never = loop.createFuture();
    Promise<String> cleanUp = loop.createFuture();
    Task<String> late = loop.createTask(() -> cleaningUp(never, cleanUp));
    Task<String> task = loop.createTask(() -> Asyncio.waitFor(late, TEN));
    fixture.tick();
    fixture.tick();

    clock.advance(TEN);
    fixture.tick();
    fixture.tick();
    fixture.tick();
    Expect.that("a late task must be cancelled", never.isCancelled());
    Expect.that("the wait must not end before the late task", !task.isDone());
    cleanUp.setResult("clean");
    fixture.tickUntilDone("the task that waits", task);

    trace.expect("what the late task does", "clean");
    Expect.that("the task that waits must not be cancelled", !task.isCancelled());
    Expect.that(
        "waitFor of a late task must throw TimeoutException",
        task.exception().orElse(null) instanceof TimeoutException);
  }

  /** Waits with a limit of zero for a task that was just created. */
  @Rule("13.11")
  @Hint("See rule 6.5.")
  void waitForWithoutTimeRunsNoBody() {
    Task<String> task =
        fixture
            .loop()
            .createTask(() -> {
              Task<String> fresh = fixture.loop().createTask(() -> note("body"));
              try {
                return Asyncio.waitFor(fresh, Duration.ZERO);
              } catch (TimeoutException late) {
                return note("late, cancelled: " + fresh.isCancelled());
              }
            });

    fixture.tickUntilDone("a task that waits without time", task);

    trace.expect("what happens", "late, cancelled: true");
  }

  /**
   * Makes tasks cancel themselves and then enter a limit that has passed, a group that is
   * cancelled, and a limit that has not passed.
   */
  @Rule("13.40")
  @Hint(
      "`hasUnseenCancellation` is true until the cancellation was raised; limits and groups use it"
          + " to count the requests before they began.")
  void aCancellationBeforeABlockIsNotThatOfItsLimitOrGroup() {
    EventLoop loop = fixture.loop();
    Promise<String> never = loop.createFuture();
    expectLetThrough(() -> Asyncio.timeout(Duration.ZERO, () -> never.await()));
    expectLetThrough(() -> TaskGroup.call(LimitRaceRules::cancelAndSleep));
    expectLetThrough(() -> Asyncio.timeout(Duration.ofHours(1), () -> never.await()));
  }

  private void expectLetThrough(Callable<String> block) {
    Task<String> task =
        fixture
            .loop()
            .createTask(() -> {
              Expect.that("a task can cancel itself", Asyncio.currentTask().orElseThrow().cancel());
              return block.call();
            });

    fixture.tickUntilDone("a task that was cancelled before a block", task);

    Expect.that("the task must be cancelled", task.isCancelled());
    Expect.equal("the requests that are left", 1, task.cancelling());
  }

  private static String cancelAndSleep(TaskGroup group) {
    group.cancel();
    Asyncio.sleep(Duration.ZERO);
    return "continues";
  }

  private String note(String event) {
    trace.add(event);
    return event;
  }

  private String cleaningUp(Promise<String> never, Promise<String> cleanUp) {
    try {
      return never.await();
    } catch (CancelledError cancelled) {
      note(cleanUp.await());
      throw cancelled;
    }
  }
}
