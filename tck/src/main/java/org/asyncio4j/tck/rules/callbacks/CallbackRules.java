package org.asyncio4j.tck.rules.callbacks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 2, part one: callbacks, and exceptions that they throw. */
final class CallbackRules {

  private final LoopFixture fixture;

  CallbackRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Schedules three callbacks. */
  @Rule("2.1")
  @Hint("The ready queue must be first in, first out.")
  void callbacksRunInTheOrderOfScheduling() {
    Trace trace = new Trace();
    for (String name : List.of("a", "b", "c")) {
      fixture.loop().callSoon(trace.adding(name));
    }

    fixture.tick();

    trace.expect("the order of the callbacks", "a", "b", "c");
  }

  /** Schedules a callback that schedules another, and checks after each tick. */
  @Rule("2.2")
  @Hint("Run as many handles as were queued when the batch began, not until the queue is empty.")
  void aCallbackScheduledByACallbackRunsInTheNextTick() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    loop.callSoon(() -> {
      trace.add("first");
      loop.callSoon(trace.adding("second"));
    });

    fixture.tick();
    trace.expect("what the first tick runs", "first");

    fixture.tick();
    trace.expect("what two ticks run", "first", "second");
  }

  /** Keeps the loop busy with callbacks that schedule themselves again, next to a timer. */
  @Rule("2.3")
  @Hint("Check for due timers in every tick, busy or not.")
  void busyCallbacksDoNotStarveTimers() {
    EventLoop loop = fixture.loop();
    AtomicBoolean timerRan = new AtomicBoolean();
    AtomicInteger rounds = new AtomicInteger(1_000_000);
    loop.callLater(
        Duration.ofMillis(2),
        () -> {
          timerRan.set(rounds.get() > 0);
          loop.stop();
        });
    Runnable busy =
        new Runnable() {
          @Override
          public void run() {
            if (rounds.decrementAndGet() > 0) {
              loop.callSoon(this);
            } else {
              loop.stop();
            }
          }
        };
    loop.callSoon(busy);

    loop.runForever();

    Expect.that("a timer must run while callbacks schedule each other", timerRan.get());
  }

  /** Schedules a callback that throws, and another after it. */
  @Rule("2.6")
  @Hint(
      "Catch around each callback, and pass the exception and the handle to"
          + " `callExceptionHandler`.")
  void anExceptionOfACallbackIsReportedOnce() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    IllegalArgumentException failure = new IllegalArgumentException("on purpose");
    Handle handle =
        loop.callSoon(() -> {
          throw failure;
        });
    loop.callSoon(trace.adding("after"));

    fixture.tick();

    ErrorReport report = fixture.takeReport("a callback that throws");
    Expect.same("the exception of the report", failure, report.exception().orElse(null));
    Expect.same("the handle of the report", handle, report.handle().orElse(null));
    trace.expect("the callbacks that run after one that throws", "after");
  }

  /** Schedules callbacks that throw errors and checked exceptions. */
  @Rule("2.7")
  @Hint("Catch `Throwable`.")
  void theLoopSurvivesAnyExceptionOfACallback() {
    List<Throwable> failures =
        List.of(
            new AssertionError("on purpose"),
            new StackOverflowError("on purpose"),
            new CancelledError("on purpose"),
            new IOException("on purpose"),
            new InterruptedException("on purpose"));
    Trace trace = new Trace();
    for (Throwable failure : failures) {
      fixture.loop().callSoon(() -> CallbackRules.<RuntimeException>throwIt(failure));
      fixture.loop().callSoon(trace.adding("after " + failure));
    }

    fixture.tick();

    for (Throwable failure : failures) {
      ErrorReport report = fixture.takeReport("a callback that throws " + failure);
      Expect.same("the exception of the report", failure, report.exception().orElse(null));
    }
    Expect.equal("the callbacks that run", failures.size(), trace.events().size());
  }

  /** Sets an exception handler that throws, and triggers it. */
  @Rule("2.8")
  @Hint("Catch around the handler too, and log.")
  void theLoopSurvivesAnExceptionHandlerThatThrows() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    loop.setExceptionHandler((_, _) -> {
      trace.add("handler");
      throw new IllegalStateException("thrown by the exception handler on purpose, for rule 2.8");
    });
    loop.callSoon(() -> {
      throw new IllegalArgumentException("thrown by a callback on purpose, for rule 2.8");
    });
    loop.callSoon(trace.adding("after"));

    fixture.tick();
    loop.callSoon(trace.adding("next tick"));
    fixture.tick();

    trace.expect("what runs", "handler", "after", "next tick");
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // allows any exception
  private static <X extends Throwable> void throwIt(Throwable failure) throws X {
    throw (X) failure;
  }
}
