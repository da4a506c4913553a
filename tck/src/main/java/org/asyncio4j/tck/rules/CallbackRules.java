package org.asyncio4j.tck.rules;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 2, part one: callbacks, and what they throw. */
final class CallbackRules {

  private final LoopFixture fixture;

  CallbackRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Schedules three callbacks.
   *
   * <p>If it fails: the ready queue must be first in, first out.
   */
  @Rule("2.1")
  void callbacksRunInTheOrderOfScheduling() {
    Trace trace = new Trace();
    for (String name : List.of("a", "b", "c")) {
      fixture.loop().callSoon(trace.adding(name));
    }

    fixture.tick();

    trace.expect("the order of the callbacks", "a", "b", "c");
  }

  /**
   * Schedules a callback that schedules another, and looks after each tick.
   *
   * <p>If it fails: run as many handles as were queued when the batch began, not until the queue is
   * empty.
   */
  @Rule("2.2")
  void whatACallbackSchedulesRunsInTheNextTick() {
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

  /**
   * Keeps the loop busy with callbacks that schedule themselves again, next to a timer.
   *
   * <p>If it fails: look for due timers in every tick, busy or not.
   */
  @Rule("2.3")
  void busyCallbacksKeepNoTimerFromRunning() {
    EventLoop loop = fixture.loop();
    AtomicBoolean timerRan = new AtomicBoolean();
    AtomicInteger rounds = new AtomicInteger(1_000_000);
    loop.callLater(
        Duration.ofMillis(2),
        () -> {
          timerRan.set(true);
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

  /**
   * Cancels one of three callbacks before the loop runs.
   *
   * <p>If it fails: skip cancelled handles when the batch runs.
   */
  @Rule("2.4")
  void aCancelledHandleDoesNotRun() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    Handle before = loop.callSoon(trace.adding("before"));
    Handle cancelled = loop.callSoon(trace.adding("cancelled"));
    loop.callSoon(trace.adding("after"));

    cancelled.cancel();
    cancelled.cancel();
    fixture.tick();

    trace.expect("the callbacks that run", "before", "after");
    Expect.that("a cancelled handle must say so", cancelled.isCancelled());
    Expect.that("a handle that was run must not count as cancelled", !before.isCancelled());
  }

  /**
   * Cancels a callback in the callback right before it.
   *
   * <p>If it fails: look whether a handle is cancelled when its turn has come, not when the batch
   * is taken.
   */
  @Rule("2.5")
  void aHandleThatTheSameBatchCancelsDoesNotRun() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    AtomicReference<@Nullable Handle> next = new AtomicReference<>();
    loop.callSoon(() -> {
      Handle handle = next.get();
      if (handle != null) {
        handle.cancel();
      }
    });
    next.set(loop.callSoon(trace.adding("cancelled")));
    loop.callSoon(trace.adding("after"));

    fixture.tick();

    trace.expect("the callbacks that run", "after");
  }

  /**
   * Schedules a callback that throws, and another after it.
   *
   * <p>If it fails: catch around each callback, and hand exception and handle to {@code
   * callExceptionHandler}.
   */
  @Rule("2.6")
  void whatACallbackThrowsIsReportedOnce() {
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

  /**
   * Schedules callbacks that throw errors and checked exceptions.
   *
   * <p>If it fails: catch {@code Throwable}.
   */
  @Rule("2.7")
  void theLoopLivesOnWhateverACallbackThrows() {
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

  /**
   * Sets an exception handler that throws, and makes it be called.
   *
   * <p>If it fails: catch around the handler too, and log.
   */
  @Rule("2.8")
  void theLoopLivesOnWhenTheExceptionHandlerThrows() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    loop.setExceptionHandler((_, _) -> {
      trace.add("handler");
      throw new IllegalStateException("the handler throws, as rule 2.8 wants it to");
    });
    loop.callSoon(() -> {
      throw new IllegalArgumentException("a callback throws, as rule 2.8 wants it to");
    });
    loop.callSoon(trace.adding("after"));

    fixture.tick();
    loop.callSoon(trace.adding("next tick"));
    fixture.tick();

    trace.expect("what runs", "handler", "after", "next tick");
  }

  /**
   * Cancels handles that are kept, and waits for their callbacks to be collected.
   *
   * <p>If it fails: set the handle's reference to the callback to null when it is cancelled.
   */
  @Rule("2.14")
  void aCancelledHandleLetsGoOfItsCallback() {
    EventLoop loop = fixture.loop();
    AtomicReference<@Nullable Handle> kept = new AtomicReference<>();
    WeakReference<Object> ofCallback = guarded(callback -> kept.set(loop.callSoon(callback)), kept);
    WeakReference<Object> ofTimer =
        guarded(callback -> kept.set(loop.callLater(Duration.ofHours(1), callback)), kept);

    fixture
        .patience()
        .untilCollected(
            "a cancelled handle must let go of its callback",
            () -> ofCallback.get() == null && ofTimer.get() == null);
    Reference.reachabilityFence(kept);
  }

  /**
   * Schedules nothing at all.
   *
   * <p>If it fails: check arguments before anything is queued.
   */
  @Rule("2.18")
  @SuppressWarnings("NullAway") // this is about callers that do not heed it
  void aMissingCallbackOrDelayIsRefusedAtOnce() {
    EventLoop loop = fixture.loop();

    List<NullPointerException> refusals =
        List.of(
            Expect.thrown(NullPointerException.class, "callSoon(null)", () -> loop.callSoon(null)),
            Expect.thrown(
                NullPointerException.class,
                "callSoonThreadsafe(null)",
                () -> loop.callSoonThreadsafe(null)),
            Expect.thrown(
                NullPointerException.class,
                "callLater(null, callback)",
                () -> loop.callLater(null, () -> {})),
            Expect.thrown(
                NullPointerException.class, "callAt(0, null)", () -> loop.callAt(0, null)));

    Expect.equal("the number of refusals", 4, refusals.size());
    fixture.tick();
  }

  /**
   * Counts how often callbacks run in several ticks.
   *
   * <p>If it fails: take a handle off the queue when it is run.
   */
  @Rule("2.27")
  void aCallbackRunsOnce() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    loop.callSoon(trace.adding("callback"));
    loop.callSoonThreadsafe(trace.adding("threadsafe callback"));
    loop.callLater(Duration.ZERO, trace.adding("timer"));

    fixture.tick();
    fixture.tick();
    fixture.tick();

    Expect.equal("the number of runs of three callbacks", 3, trace.events().size());
    Expect.equal("the callbacks that ran", 3L, trace.events().stream().distinct().count());
  }

  private interface Schedule {
    void with(Runnable callback);
  }

  // In a method of its own, so that no local variable holds the callback.
  private static WeakReference<Object> guarded(
      Schedule schedule, AtomicReference<@Nullable Handle> kept) {
    AtomicInteger guarded = new AtomicInteger();
    schedule.with(guarded::incrementAndGet);
    Handle handle = kept.get();
    if (handle != null) {
      handle.cancel();
    }
    return new WeakReference<>(guarded);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is the trick
  private static <X extends Throwable> void throwIt(Throwable failure) throws X {
    throw (X) failure;
  }
}
