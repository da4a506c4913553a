package org.asyncio4j.tck.rules.limits;

import java.time.Duration;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.ManualClock;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 13, part four: limits over futures that fail with a {@code CancelledError}. */
final class CancelledOutcomeRules {

  private static final Duration TEN = Duration.ofMillis(10);
  private static final int ROUNDS = 2;

  private final LoopFixture fixture;
  private final ManualClock clock = new ManualClock();
  private final Trace trace = new Trace();

  CancelledOutcomeRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Waits twice for gatherings that are late. A gathering is not cancelled, but fails with the
   * {@code CancelledError} of its first child.
   */
  @Rule("13.30")
  @Hint(
      "Deliver a request that `cancel` passed on to the awaited future once, by that future,"
          + " whether it is cancelled or fails with the error.")
  void waitForALateGatheringThrowsTimeoutException() {
    EventLoop loop = fixture.loopWith(clock);
    Task<String> task =
        loop.createTask(() -> {
          for (int round = 0; round < ROUNDS; round++) {
            Promise<String> never = loop.createFuture();
            noteLimit(() -> Asyncio.waitFor(Asyncio.gather(List.of(never)), TEN));
            trace.add(never.isCancelled() ? "cancelled" : "not cancelled");
          }
          Asyncio.sleep(Duration.ZERO);
          return "went on";
        });

    for (int round = 0; round < ROUNDS; round++) {
      aFewTicks();
      clock.advance(TEN);
    }
    fixture.tickUntilDone("a task that waits for gatherings", task);

    trace.expect("what the task sees", "late", "cancelled", "late", "cancelled");
    Expect.that("the task must not be cancelled", !task.isCancelled());
    Expect.equal("the result of the task", "went on", task.result());
    Expect.equal("the requests that are left", 0, task.cancelling());
  }

  /** Waits with a limit of zero for gatherings of tasks that wait. */
  @Rule("13.31")
  @Hint("Call the callbacks of a future however it ends.")
  void waitForAGatheringWithoutTimeThrowsTimeoutException() {
    EventLoop loop = fixture.loop();
    Task<String> task =
        loop.createTask(() -> {
          for (int round = 0; round < ROUNDS; round++) {
            Promise<String> never = loop.createFuture();
            Task<String> child = loop.createTask(never::await);
            Asyncio.sleep(Duration.ZERO);
            noteLimit(() -> Asyncio.waitFor(Asyncio.gather(List.of(child)), Duration.ZERO));
            trace.add(never.isCancelled() ? "cancelled" : "not cancelled");
          }
          return "went on";
        });

    fixture.tickUntilDone("a task that waits without time", task);

    trace.expect("what the task sees", "late", "cancelled", "late", "cancelled");
    Expect.that("the task must not be cancelled", !task.isCancelled());
    Expect.equal("the requests that are left", 0, task.cancelling());
  }

  /**
   * Waits for a future that fails with a {@code CancelledError} before the limit passes, and lets
   * the limit pass afterwards.
   */
  @Rule("13.32")
  @Hint(
      "Throw the failure of a future where it is awaited; it is no request to cancel the awaiting"
          + " task.")
  void aCancelledErrorInTimeIsNeitherALimitNorARequest() {
    EventLoop loop = fixture.loopWith(clock);
    CancelledError error = new CancelledError("of another");
    Promise<String> failing = loop.createFuture();
    Promise<String> gate = loop.createFuture();
    Task<String> task =
        loop.createTask(() -> {
          try {
            return Asyncio.waitFor(failing, TEN);
          } catch (CancelledError seen) {
            trace.add(seen == error ? "the error" : "another error");
          }
          return gate.await();
        });
    aFewTicks();

    failing.setException(error);
    aFewTicks();
    clock.advance(TEN);
    aFewTicks();
    Expect.equal("the requests to cancel the task", 0, task.cancelling());
    gate.setResult("went on");
    fixture.tickUntilDone("a task that waits for a failing future", task);

    trace.expect("what the task sees", "the error");
    Expect.equal("the result of the task", "went on", task.result());
  }

  private interface Waiting {
    Object run() throws TimeoutException;
  }

  private void noteLimit(Waiting waiting) {
    try {
      Object ignored = waiting.run();
      trace.add("in time");
    } catch (TimeoutException late) {
      trace.add("late");
    }
  }

  private void aFewTicks() {
    for (int ticks = 0; ticks < 6; ticks++) {
      fixture.tick();
    }
  }
}
