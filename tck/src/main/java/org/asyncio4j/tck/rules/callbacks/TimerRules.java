package org.asyncio4j.tck.rules.callbacks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.ManualClock;
import org.asyncio4j.tck.probe.Polls;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 2, part three: timers. Most rules use a manual clock. */
final class TimerRules {

  private static final Duration TEN = Duration.ofMillis(10);
  private static final int MANY_POLLS = 500;
  private static final int WAITS = 5;

  private final LoopFixture fixture;
  private final ManualClock clock = new ManualClock();
  private final Trace trace = new Trace();

  TimerRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Sets a timer and lets time pass, with a manual clock and with the real one. */
  @Rule("2.9")
  @Hint(
      "Check for rounding of the delay, and for a wait that ends early and is mistaken for the"
          + " end.")
  void aTimerDoesNotRunBeforeItsTime() {
    EventLoop loop = fixture.loopWith(clock);
    loop.callLater(TEN, trace.adding("timer"));

    fixture.tick();
    clock.advance(TEN.minusNanos(1));
    fixture.tick();
    trace.expect("what runs before its time");

    clock.advance(Duration.ofNanos(1));
    fixture.tick();
    trace.expect("what runs at its time", "timer");
    expectRealTime();
  }

  /** Sets timers whose time is now or has passed. */
  @Rule("2.10")
  @Hint(
      "Queue such a timer like any other; do not run it within the call that sets it, and do not"
          + " wait for the tick after next.")
  void aTimerThatIsDueAtOnceRunsInTheNextTick() {
    EventLoop loop = fixture.loopWith(clock);
    loop.callLater(Duration.ZERO, trace.adding("now"));
    loop.callLater(Duration.ofMillis(-5), trace.adding("past delay"));
    loop.callAt(loop.time() - 1, trace.adding("past time"));
    trace.expect("what runs within the call");

    fixture.tick();

    Expect.equal("the number of timers that the next tick runs", 3, trace.events().size());
  }

  /** Sets the later timer first. */
  @Rule("2.11")
  @Hint("Keep the timers in a heap or another sorted structure.")
  void timersRunInTheOrderOfTheirTimes() {
    EventLoop loop = fixture.loopWith(clock);
    loop.callLater(TEN.multipliedBy(3), trace.adding("third"));
    loop.callLater(TEN, trace.adding("first"));
    loop.callLater(TEN.multipliedBy(2), trace.adding("second"));

    clock.advance(TEN.multipliedBy(4));
    fixture.tick();

    trace.expect("the order of the timers", "first", "second", "third");
  }

  /** Sets a dozen timers for the same time. */
  @Rule("2.12")
  @Hint("Break ties by a sequence number. A plain heap does not keep the order.")
  void timersOfTheSameTimeRunInTheOrderOfScheduling() {
    EventLoop loop = fixture.loopWith(clock);
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
    long when = loop.time() + TEN.toNanos();
    names.forEach(name -> loop.callAt(when, trace.adding(name)));

    clock.advance(TEN);
    fixture.tick();

    Expect.equal("the order of timers of the same time", names, trace.events());
  }

  /** Cancels one of three timers before its time. */
  @Rule("2.13")
  @Hint("Skip cancelled timers when they are due.")
  void aCancelledTimerDoesNotRun() {
    EventLoop loop = fixture.loopWith(clock);
    loop.callLater(TEN, trace.adding("before"));
    TimerHandle cancelled = loop.callLater(TEN, trace.adding("cancelled"));
    loop.callLater(TEN, trace.adding("after"));

    cancelled.cancel();
    clock.advance(TEN);
    fixture.tick();

    trace.expect("the timers that run", "before", "after");
    Expect.that("a cancelled timer must say so", cancelled.isCancelled());
  }

  /** Cancels a timer that has run, and checks whether others still do. */
  @Rule("2.15")
  @Hint("Record a cancellation only for timers that are still in the queue.")
  void cancellingATimerThatHasRunDoesNothing() {
    EventLoop loop = fixture.loopWith(clock);
    TimerHandle first = loop.callLater(TEN, trace.adding("first"));
    loop.callLater(TEN.multipliedBy(2), trace.adding("second"));
    clock.advance(TEN);
    fixture.tick();

    first.cancel();
    clock.advance(TEN);
    fixture.tick();

    Expect.that("a timer that was run must not count as cancelled", !first.isCancelled());
    trace.expect("the timers that run", "first", "second");
  }

  /** Sets timers for the end of time, next to one that is due soon. */
  @Rule("2.16")
  @Hint("Saturate the sum of times instead of overflowing; limit the wait.")
  void aTimerOfAnyDelayIsAccepted() {
    EventLoop loop = fixture.loop();
    loop.callLater(Duration.ofSeconds(Long.MAX_VALUE), trace.adding("never"));
    loop.callAt(Long.MAX_VALUE, trace.adding("never"));
    loop.callLater(Duration.ofDays(400), trace.adding("never"));
    loop.callLater(Duration.ofSeconds(Long.MIN_VALUE), trace.adding("at once"));
    loop.callLater(
        Duration.ofMillis(2),
        () -> {
          trace.add("soon");
          loop.stop();
        });

    loop.runForever();

    trace.expect("the timers that run", "at once", "soon");
  }

  /** Lets time pass on the clock that the loop was opened with. */
  @Rule("2.17")
  @Hint("Take the time from `LoopContext.clock()`, everywhere.")
  void theLoopUsesTheClockOfItsContext() {
    EventLoop loop = fixture.loopWith(clock);
    long before = loop.time();
    Expect.that("time() must not be negative", before >= 0);

    clock.advance(TEN);

    Expect.equal("the time that has passed", TEN.toNanos(), loop.time() - before);
  }

  /** Schedules a timer that is due, then a callback. */
  @Rule("2.19")
  @Hint("Append due timers to the ready queue once per tick, before the batch runs.")
  void timersRunAfterCallbacksThatWereReadyBefore() {
    EventLoop loop = fixture.loopWith(clock);
    loop.callLater(TEN, trace.adding("timer"));
    loop.callSoon(trace.adding("callback"));
    clock.advance(TEN);

    fixture.tick();

    trace.expect("the order within a tick", "callback", "timer");
  }

  /**
   * Counts the polls while the loop waits for a timer. Does not apply to a loop that does not
   * extend {@code BaseEventLoop}: its polls cannot be observed.
   */
  @Rule("2.20")
  @Hint("Round the wait up to the system's resolution, not down.")
  void waitingForATimerTakesFewPolls() {
    EventLoop loop = fixture.loop();
    Polls polls = new Polls(fixture);
    for (int wait = 0; wait < WAITS; wait++) { // the loop may get no CPU time in one
      loop.callLater(Duration.ofMillis(20), loop::stop);

      loop.runForever();

      int count = polls.take();
      Expect.that(
          "a wait of 20 ms must take less than %d polls (took %d)".formatted(MANY_POLLS, count),
          count < MANY_POLLS);
    }
  }

  /** Reads the times of timer handles. */
  @Rule("2.21")
  @Hint("Return the time that was given, not one that was rounded.")
  void aTimerHandleKnowsItsTime() {
    EventLoop loop = fixture.loopWith(clock);
    long when = loop.time() + 12_345;

    Expect.equal("when of callAt", when, loop.callAt(when, () -> {}).when());
    Expect.equal(
        "when of callLater", loop.time() + TEN.toNanos(), loop.callLater(TEN, () -> {}).when());
  }

  /** Compares timer handles. */
  @Rule("2.22")
  @Hint("Compare by time, then by sequence number; do not override `equals`.")
  void timerHandlesAreOrderedAndNeverEqual() {
    EventLoop loop = fixture.loopWith(clock);
    long when = loop.time() + TEN.toNanos();
    TimerHandle later = loop.callAt(when + 1, () -> {});
    TimerHandle first = loop.callAt(when, () -> {});
    TimerHandle second = loop.callAt(when, () -> {});

    Expect.that("an earlier time must come first", first.compareTo(later) < 0);
    Expect.that("a later time must come last", later.compareTo(first) > 0);
    Expect.that("of equal times the first scheduled must come first", first.compareTo(second) < 0);
    Expect.that("of equal times the last scheduled must come last", second.compareTo(first) > 0);
    Expect.that("two handles must not be equal", !first.equals(second));
  }

  private void expectRealTime() {
    EventLoop loop = fixture.openLoop();
    AtomicLong ran = new AtomicLong();
    long start = loop.time();
    loop.callLater(
        Duration.ofMillis(3),
        () -> {
          ran.set(loop.time());
          loop.stop();
        });
    loop.runForever();
    Expect.that("a timer of 3 ms must not run earlier", ran.get() - start >= 3_000_000);
  }
}
