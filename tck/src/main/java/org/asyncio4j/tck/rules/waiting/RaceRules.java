package org.asyncio4j.tck.rules.waiting;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tasks.RaceResult;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.ManualClock;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 12, part four: staggered races. */
final class RaceRules {

  private static final int A_FEW = 8;
  private static final Duration DELAY = Duration.ofMillis(250);

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  RaceRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Starts attempts with a manual clock; the second fails. */
  @Rule("12.15")
  @Hint("Check the timers that tasks set; see chapter 2.")
  void aRaceStartsTheNextAfterTheDelayOrAFailure() {
    ManualClock clock = new ManualClock();
    Promise<String> never = fixture.loopWith(clock).createFuture();
    Promise<String> failing = newFuture();
    Task<RaceResult<String>> race =
        race(
            DELAY,
            () -> begin("first", never),
            () -> begin("second", failing),
            () -> {
              trace.add("third");
              return "third";
            });
    aFewTicks();

    clock.advance(DELAY.minusNanos(1));
    aFewTicks();
    trace.expect("what has begun before the delay is over", "first");
    clock.advance(Duration.ofNanos(1));
    aFewTicks();
    trace.expect("what has begun when the delay is over", "first", "second");
    failing.setException(new IOException("on purpose"));
    fixture.tickUntilDone("the race", race);

    trace.expect("what has begun after the failure", "first", "second", "third");
    Expect.equal("the winner", OptionalInt.of(2), race.result().winner());
  }

  /** Lets an attempt win while another needs time to clean up. */
  @Rule("12.16")
  @Hint("A callback must be able to cancel a task, which is done only when its body has ended.")
  void theLosersOfARaceAreCancelledAndHaveEndedWhenItReturns() {
    Promise<String> never = newFuture();
    Promise<String> cleaning = newFuture();
    Task<RaceResult<String>> race =
        race(
            Duration.ZERO,
            () -> {
              try {
                return never.await();
              } finally {
                cleaning.await();
                trace.add("clean");
              }
            },
            () -> "winner");
    aFewTicks();

    Expect.that("the loser must be cancelled", never.isCancelled());
    Expect.that("the race must not end before the loser has ended", !race.isDone());
    cleaning.setResult("clean");
    fixture.tickUntilDone("the race", race);

    trace.expect("what the loser does", "clean");
    Expect.equal("the winner", OptionalInt.of(1), race.result().winner());
    Expect.equal("the value", "winner", race.result().value());
  }

  /** Cancels a task while two of its attempts wait. */
  @Rule("12.17")
  @Hint("A task must be able to cancel several others in one step.")
  void cancellingARaceCancelsAllAttempts() {
    Promise<String> first = newFuture();
    Promise<String> second = newFuture();
    Task<RaceResult<String>> race = race(Duration.ZERO, first::await, second::await);
    aFewTicks();

    Expect.that("cancel of the race must return true", race.cancel("enough"));
    fixture.tickUntilDone("the race", race);

    Expect.that("the race must be cancelled", race.isCancelled());
    Expect.that("what the first attempt awaits must be cancelled", first.isCancelled());
    Expect.that("what the second attempt awaits must be cancelled", second.isCancelled());
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  private Task<RaceResult<String>> race(Duration delay, Callable<String>... attempts) {
    return fixture.loop().createTask(() -> Asyncio.staggeredRace(List.of(attempts), delay));
  }

  private String begin(String event, Promise<String> awaited) {
    trace.add(event);
    return awaited.await();
  }

  private void aFewTicks() {
    for (int ticks = 0; ticks < A_FEW; ticks++) {
      fixture.tick();
    }
  }

  private Promise<String> newFuture() {
    return fixture.loop().createFuture();
  }
}
