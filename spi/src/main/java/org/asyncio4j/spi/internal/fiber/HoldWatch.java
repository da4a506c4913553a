package org.asyncio4j.spi.internal.fiber;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Watches code that holds the loop of a hand-off engine while it is parked: interrupts it when its
 * {@link Alarm} is due, and logs a warning, once for each place.
 *
 * <p>The thread that polls does this when it has nothing to poll. So nothing is checked while the
 * loop waits for I/O, and an idle process is not woken.
 */
final class HoldWatch {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");
  private static final long BETWEEN_LOOKS = Duration.ofMillis(50).toNanos();
  private static final long SHORTEST_PAUSE = Duration.ofMillis(1).toNanos();
  private static final long PATIENCE = Duration.ofSeconds(1).toNanos();
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Pattern JDK = Pattern.compile("(java|javax|jdk|sun)\\.");
  private static final StackTraceElement NOWHERE =
      new StackTraceElement("unknown", "unknown", null, -1);

  private final String loopName;
  private final FiberEngine.Batch batch;

  // Written by the holder of the baton, so by one thread at a time, and read by the watching
  // thread.
  private volatile @Nullable HandoffFiber<?> holder;
  private final AtomicLong turn = new AtomicLong();

  // Confined to the watching thread.
  private final Set<StackTraceElement> warnedOf = new HashSet<>();
  private long turnSeenParked = -1;
  private long heldSince;
  private long nextWarning;

  HoldWatch(String loopName, FiberEngine.Batch batch) {
    this.loopName = loopName;
    this.batch = batch;
  }

  /** Notes the fiber that runs from now on. Returns the previous one. */
  @Nullable HandoffFiber<?> change(@Nullable HandoffFiber<?> next) {
    HandoffFiber<?> before = holder;
    if (before != next) {
      // A thread that sees the new holder sees the new turn.
      turn.setRelease(turn.getPlain() + 1);
      holder = next;
    }
    return before;
  }

  /** Checks the holder. Returns the nanoseconds until the next check. */
  long look() {
    long seen = turn.get();
    HandoffFiber<?> fiber = holder;
    if (fiber == null || !isParked(fiber.thread())) {
      turnSeenParked = -1;
      return pause(fiber, List.of());
    }
    long now = batch.time();
    if (turnSeenParked != seen) {
      turnSeenParked = seen;
      heldSince = now;
      nextWarning = now + PATIENCE;
    }
    Alarm alarm = fiber.alarm();
    List<Alarm.Outer> outer = alarm == null ? List.of() : alarm.outer();
    if (alarm != null && alarm.isDue(now, outer)) {
      alarm.ring(fiber.thread(), now, outer, () -> isHeldBy(fiber, seen));
    }
    if (now >= nextWarning) {
      nextWarning = now + PATIENCE;
      warn(fiber, seen, now - heldSince);
    }
    return pause(fiber, outer);
  }

  /** Returns whether the fiber is parked and has not continued in the meantime. */
  private boolean isHeldBy(HandoffFiber<?> fiber, long seen) {
    // In this order, because code parks after it has passed the loop on.
    return isParked(fiber.thread()) && holder == fiber && turn.get() == seen;
  }

  private long pause(@Nullable HandoffFiber<?> fiber, List<Alarm.Outer> outer) {
    Alarm alarm = fiber == null ? null : fiber.alarm();
    if (alarm == null) {
      return BETWEEN_LOOKS;
    }
    long now = batch.time();
    long next = alarm.nextAfter(now, outer);
    return next - now < BETWEEN_LOOKS ? Math.max(SHORTEST_PAUSE, next - now) : BETWEEN_LOOKS;
  }

  private void warn(HandoffFiber<?> fiber, long seen, long nanos) {
    StackTraceElement[] frames = Fiber.framesOfUser(fiber.thread());
    // If the code has continued in the meantime, the stack may belong to other code.
    if (isHeldBy(fiber, seen) && warnedOf.add(placeOf(frames))) {
      Throwable here = new Throwable("it is parked here");
      here.setStackTrace(frames);
      String message =
          "%s has held loop %s for %.1f seconds: it is parked outside await(), and the hand-off engine cannot run anything else meanwhile; use await() or Asyncio.toThread, or the carrier engine (%s)"
              .formatted(nameOf(fiber), loopName, nanos / NANOS_PER_SECOND, wayToCarrier());
      // A log that is slow, or locked by the parked code itself, must not delay the checks.
      Thread.ofPlatform()
          .daemon()
          .name(loopName + "-warning")
          .start(() -> LOGGER.log(System.Logger.Level.WARNING, message, here));
    }
  }

  private static String nameOf(HandoffFiber<?> fiber) {
    return fiber.awaits() ? "task " + fiber.thread().getName() : "a callback";
  }

  private static String wayToCarrier() {
    return CarrierEngine.problem().orElse("-Dasyncio4j.coroutines=carrier");
  }

  /** Returns the innermost frame outside the JDK. */
  private static StackTraceElement placeOf(StackTraceElement[] frames) {
    for (StackTraceElement frame : frames) {
      if (!JDK.matcher(frame.getClassName()).lookingAt()) {
        return frame;
      }
    }
    return frames.length > 0 ? frames[0] : NOWHERE;
  }

  private static boolean isParked(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, BLOCKED -> true;
      case NEW, RUNNABLE, TERMINATED -> false;
    };
  }
}
