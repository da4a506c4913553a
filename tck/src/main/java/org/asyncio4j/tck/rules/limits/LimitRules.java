package org.asyncio4j.tck.rules.limits;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.tasks.Timeout;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.ManualClock;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 13, part one: limits, with a manual clock. */
final class LimitRules {

  private static final Duration TEN = Duration.ofMillis(10);

  private final LoopFixture fixture;
  private final ManualClock clock = new ManualClock();
  private final Trace trace = new Trace();

  LimitRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Lets a block wait for longer than its limit. */
  @Rule("13.1")
  @Hint("`uncancel` must take back exactly the request that the timer's callback has made.")
  void aBlockThatTakesTooLongIsEnded() {
    EventLoop loop = fixture.loopWith(clock);
    Promise<String> never = loop.createFuture();
    Task<String> task = loop.createTask(() -> Asyncio.timeout(TEN, () -> never.await()));
    fixture.tick();

    clock.advance(TEN);
    fixture.tickUntilDone("a task whose limit has passed", task);

    Throwable thrown = failureOf(task);
    Expect.that(
        "a limit that passes must throw TimeoutException", thrown instanceof TimeoutException);
    Expect.that(
        "the cause of the TimeoutException must be a CancelledError",
        thrown != null && thrown.getCause() instanceof CancelledError);
    Expect.that("the awaited future must be cancelled", never.isCancelled());
    Expect.equal("the requests that are left", 0, task.cancelling());
  }

  /** Lets time pass up to the last nanosecond before the limit. */
  @Rule("13.2")
  @Hint("Check the timers, rule 2.9.")
  void aLimitDoesNotEndItsBlockBeforeItsTime() {
    EventLoop loop = fixture.loopWith(clock);
    Promise<String> later = loop.createFuture();
    Task<String> task = loop.createTask(() -> Asyncio.timeout(TEN, () -> later.await()));
    fixture.tick();

    clock.advance(TEN.minusNanos(1));
    fixture.tick();
    fixture.tick();
    Expect.that("a block must not be ended before its time", !later.isDone());
    later.setResult("in time");
    fixture.tickUntilDone("a task that is in time", task);

    Expect.equal("the result of the block", "in time", task.result());
  }

  /** Lets the time pass after the block has ended. */
  @Rule("13.3")
  @Hint("A timer that was cancelled must not run, rule 2.13.")
  void aBlockThatEndsInTimeIsLeftAlone() {
    EventLoop loop = fixture.loopWith(clock);
    Promise<String> later = loop.createFuture();
    Task<String> task =
        loop.createTask(() -> {
          String value = Asyncio.timeout(TEN, () -> "in time");
          return value + later.await();
        });
    fixture.tick();

    clock.advance(TEN.multipliedBy(2));
    fixture.tick();
    fixture.tick();
    Expect.equal("the requests after the end of the block", 0, task.cancelling());
    Expect.that("what the task waits for must not be cancelled", !later.isDone());
    later.setResult(", and after");
    fixture.tickUntilDone("the task", task);

    Expect.equal("the result of the task", "in time, and after", task.result());
  }

  /** Reschedules a limit while the block runs. */
  @Rule("13.4")
  @Hint("Cancelling a timer must affect that timer alone, and a task must be able to set a timer.")
  void aRescheduledLimitCountsFromItsNewTime() {
    EventLoop loop = fixture.loopWith(clock);
    Promise<String> never = loop.createFuture();
    Task<String> task =
        loop.createTask(() ->
            Timeout.after(TEN)
                .call((Timeout limit) -> {
                  limit.reschedule(TEN.multipliedBy(3));
                  return never.await();
                }));
    fixture.tick();

    clock.advance(TEN.multipliedBy(2));
    fixture.tick();
    fixture.tick();
    Expect.that("the former limit must no longer apply", !never.isDone());
    clock.advance(TEN);
    fixture.tickUntilDone("a task whose new limit has passed", task);

    Expect.that(
        "the new limit must throw TimeoutException", failureOf(task) instanceof TimeoutException);
  }

  /** Begins a block when its limit has passed. */
  @Rule("13.5")
  @Hint(
      "A callback that is scheduled before a task yields must run before the task's next step, and"
          + " a cancellation of a task whose step is scheduled must not be lost.")
  void aLimitThatHasPassedEndsItsBlockWhereItFirstSuspends() {
    EventLoop loop = fixture.loopWith(clock);
    Callable<String> block =
        () -> {
          trace.add("begins");
          Asyncio.sleep(Duration.ZERO);
          trace.add("continues");
          return "value";
        };
    Task<String> task = loop.createTask(() -> Asyncio.timeout(Duration.ZERO, block::call));

    fixture.tickUntilDone("a task without time", task);

    trace.expect("what the block does", "begins");
    Expect.that(
        "a limit that has passed must throw TimeoutException",
        failureOf(task) instanceof TimeoutException);
  }

  /** Makes a task wait again after a limit has ended its block. */
  @Rule("13.8")
  @Hint("A request that `uncancel` took back must not be delivered, rule 6.13.")
  void aTaskWaitsAgainAfterALimit() {
    EventLoop loop = fixture.loopWith(clock);
    Promise<String> never = loop.createFuture();
    Promise<String> later = loop.createFuture();
    Task<String> task =
        loop.createTask(() -> {
          Expect.thrown(
              TimeoutException.class,
              "a limit that passes",
              () -> Asyncio.timeout(TEN, () -> never.await()));
          return later.await();
        });
    fixture.tick();
    clock.advance(TEN);
    fixture.tick();
    fixture.tick();
    fixture.tick();

    Expect.that("what the task waits for next must not be cancelled", !later.isDone());
    later.setResult("value");
    fixture.tickUntilDone("a task that waits again", task);

    Expect.equal("the result of the task", "value", task.result());
  }

  /** Makes a block catch the cancellation and return. */
  @Rule("13.9")
  @Hint(
      "A task must be cancelled only if its body ends with `CancelledError`, not because it was"
          + " asked to cancel.")
  void aBlockThatIgnoresItsCancellationHasAResult() {
    EventLoop loop = fixture.loopWith(clock);
    Promise<String> never = loop.createFuture();
    Task<String> task =
        loop.createTask(() ->
            Asyncio.timeout(
                TEN,
                () -> {
                  try {
                    return never.await();
                  } catch (CancelledError refused) {
                    return "refused";
                  }
                }));
    fixture.tick();
    clock.advance(TEN);
    fixture.tickUntilDone("a task that refuses", task);

    Expect.that("the task must not be cancelled", !task.isCancelled());
    Expect.equal("the result of the task", "refused", task.result());
  }

  private static Throwable failureOf(Task<?> task) {
    Expect.that("the task must not be cancelled", !task.isCancelled());
    Throwable failure = task.exception().orElse(null);
    return failure == null ? new IllegalStateException("nothing was thrown") : failure;
  }
}
