package org.asyncio4j.spi.internal.cycle;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.asyncio4j.internal.describe.Described;
import org.asyncio4j.spi.internal.fiber.Fiber;
import org.asyncio4j.spi.internal.fiber.FiberEngine;
import org.jspecify.annotations.Nullable;

/**
 * Warns, in debug mode, of a slow callback or step: while it runs, with its stack, from a separate
 * thread, or afterwards if that thread did not check in time. Warns once for each.
 */
public final class SlowCallbackMonitor {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long SHORTEST_PAUSE = Duration.ofMillis(1).toNanos();
  private static final int LOOKS_PER_THRESHOLD = 4;

  private final LongSupplier clock;
  private volatile long thresholdNanos = Duration.ofMillis(100).toNanos();
  private volatile @Nullable Watched running;
  private volatile @Nullable Thread watch;
  private volatile boolean heldByParked;

  SlowCallbackMonitor(LongSupplier clock) {
    this.clock = clock;
  }

  public Duration threshold() {
    return Duration.ofNanos(thresholdNanos);
  }

  public void setThreshold(Duration changed) {
    if (changed.isNegative() || changed.isZero()) {
      throw new IllegalArgumentException("slowCallbackDuration must be positive: " + changed);
    }
    thresholdNanos = Durations.toNanos(changed);
  }

  /** Starts periodic checks. Does nothing if they are already started. Called only in a fiber. */
  public void start(FiberEngine engine) {
    if (watch == null) {
      heldByParked = engine.isHeldByParked();
      Thread looking = Thread.ofPlatform().daemon().name("asyncio4j-watch").unstarted(this::look);
      watch = looking;
      looking.start();
    }
  }

  public void stop() {
    Thread looking = watch;
    watch = null;
    LockSupport.unpark(looking);
  }

  /** Notes that an entry begins, on the loop's thread. */
  Watched begin(ReadyEntry entry, Thread runner) {
    Watched begun = new Watched(entry, entry.threadOn(runner), clock.getAsLong());
    running = begun;
    return begun;
  }

  /** Notes that the last entry was parked, and that the loop has continued without it. */
  void parked() {
    Watched left = running;
    running = null;
    if (left != null) {
      boolean ignored = left.settle();
    }
  }

  /**
   * Notes that a run has ended. Returns its duration if the caller must log a warning, otherwise 0.
   */
  long end(Watched ended) {
    if (running == ended) {
      running = null;
    }
    long elapsed = clock.getAsLong() - ended.since;
    return isSlow(elapsed) && ended.settle() ? elapsed : 0;
  }

  /** Logs a warning. Called only in a fiber. */
  void warn(Object what, long elapsedNanos) {
    LOGGER.log(
        System.Logger.Level.WARNING,
        "Executing %s took %s seconds".formatted(Described.object(what), seconds(elapsedNanos)));
  }

  private void look() {
    while (watch == Thread.currentThread()) {
      LockSupport.parkNanos(this, Math.max(SHORTEST_PAUSE, thresholdNanos / LOOKS_PER_THRESHOLD));
      Watched seen = running;
      if (seen != null) {
        warnIfSlow(seen);
      }
    }
  }

  private void warnIfSlow(Watched seen) {
    long elapsed = clock.getAsLong() - seen.since;
    if (!isSlow(elapsed)) {
      return;
    }
    boolean holds = heldByParked && isParked(seen.thread);
    String what = Described.object(seen.entry);
    Throwable here = new Throwable(what + " is here");
    here.setStackTrace(Fiber.framesOfUser(seen.thread));
    // If it has ended in the meantime, the stack may belong to another entry.
    if (running == seen && seen.settle()) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "Executing %s has taken %s seconds so far%s"
              .formatted(
                  what,
                  seconds(elapsed),
                  holds
                      ? "; it is parked outside await(), and the hand-off engine cannot run"
                          + " anything else meanwhile; use await() or Asyncio.toThread"
                      : ""),
          here);
    }
  }

  private boolean isSlow(long elapsedNanos) {
    return elapsedNanos >= thresholdNanos;
  }

  private static boolean isParked(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, BLOCKED -> true;
      case NEW, RUNNABLE, TERMINATED -> false;
    };
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_SECOND);
  }

  /** One run of a callback or step. */
  static final class Watched {

    private final ReadyEntry entry;
    private final Thread thread;
    private final long since;
    private final AtomicBoolean settled = new AtomicBoolean();

    private Watched(ReadyEntry entry, Thread thread, long since) {
      this.entry = entry;
      this.thread = thread;
      this.since = since;
    }

    /** Returns whether the caller is the first, which alone warns. */
    private boolean settle() {
      return settled.compareAndSet(false, true);
    }
  }
}
