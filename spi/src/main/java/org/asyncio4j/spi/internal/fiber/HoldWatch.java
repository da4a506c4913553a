package org.asyncio4j.spi.internal.fiber;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Watches over code that is parked where it holds the loop of a hand-off engine: interrupts it when
 * its {@link Alarm} is due, and warns of it, once for each place.
 *
 * <p>The thread that polls looks when it has nothing to poll. So nobody looks while the loop waits
 * for I/O, and an idle process is not woken.
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

  // Written by whoever has the baton, so by one thread at a time, and read by the one that looks.
  private volatile @Nullable HandoffFiber<?> holder;
  private final AtomicLong turn = new AtomicLong();

  // Belong to the thread that looks.
  private final Set<StackTraceElement> warnedOf = new HashSet<>();
  private long turnSeenParked = -1;
  private long heldSince;
  private long nextWarning;

  HoldWatch(String loopName, FiberEngine.Batch batch) {
    this.loopName = loopName;
    this.batch = batch;
  }

  /** Notes whose code runs from now on; answers whose it was. */
  @Nullable HandoffFiber<?> change(@Nullable HandoffFiber<?> next) {
    HandoffFiber<?> before = holder;
    if (before != next) {
      // Whoever sees the new holder sees the new turn.
      turn.setRelease(turn.getPlain() + 1);
      holder = next;
    }
    return before;
  }

  /** Looks; answers after how many nanoseconds to look again. */
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

  /** Whether code is parked that has not gone on meanwhile. */
  private boolean isHeldBy(HandoffFiber<?> fiber, long seen) {
    // In this order: code that has given the loop away parks afterwards.
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
    // If the code has gone on meanwhile, the stack may be that of something else.
    if (isHeldBy(fiber, seen) && warnedOf.add(placeOf(frames))) {
      Throwable here = new Throwable("it is parked here");
      here.setStackTrace(frames);
      String message =
          "%s has held loop %s for %.1f seconds: it is parked outside await(), and the hand-off engine cannot run anything else meanwhile; use await() or Asyncio.toThread, or the carrier engine (%s)"
              .formatted(nameOf(fiber), loopName, nanos / NANOS_PER_SECOND, wayToCarrier());
      // A log that is slow, or held by the very code that is parked, must not keep us from looking.
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

  /** The innermost code that is not of the JDK. */
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
