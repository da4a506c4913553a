package org.asyncio4j.tck.rules.callbacks;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 2, part two: handles and their callbacks. */
final class HandleRules {

  private final LoopFixture fixture;

  HandleRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Cancels one of three callbacks before the loop runs. */
  @Rule("2.4")
  @Hint("Skip cancelled handles when the batch runs.")
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

  /** Cancels a callback in the callback right before it. */
  @Rule("2.5")
  @Hint(
      "Check whether a handle is cancelled when its turn has come, not when the batch is"
          + " collected.")
  void aHandleCancelledInTheSameTickDoesNotRun() {
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

  /** Cancels handles that are kept, and waits for their callbacks to be collected. */
  @Rule("2.14")
  @Hint("Set the handle's reference to the callback to null when it is cancelled.")
  void aCancelledHandleReleasesItsCallback() {
    EventLoop loop = fixture.loop();
    List<Handle> kept = new ArrayList<>();
    try {
      WeakReference<Object> ofCallback = guarded(loop::callSoon, kept);
      WeakReference<Object> ofTimer =
          guarded(callback -> loop.callLater(Duration.ofHours(1), callback), kept);

      fixture
          .patience()
          .untilCollected(
              "a cancelled handle must let go of its callback",
              () -> ofCallback.get() == null && ofTimer.get() == null);
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  /** Schedules without a callback or a delay. */
  @Rule("2.18")
  @Hint("Check arguments before anything is queued.")
  @SuppressWarnings("NullAway") // this tests callers that ignore nullness
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

  /** Counts how often callbacks run in several ticks. */
  @Rule("2.27")
  @Hint("Remove a handle from the queue when it is run.")
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

  // In a separate method, so that no local variable holds the callback.
  private static WeakReference<Object> guarded(
      Function<Runnable, Handle> schedule, List<Handle> kept) {
    AtomicInteger guarded = new AtomicInteger();
    Handle handle = schedule.apply(guarded::incrementAndGet);
    kept.add(handle);
    handle.cancel();
    return new WeakReference<>(guarded);
  }
}
