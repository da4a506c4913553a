package org.asyncio4j.spi.internal.cycle;

import java.util.concurrent.TimeUnit;

/**
 * Decides how long a loop polls for work before it sleeps. Sleeping and waking up costs more
 * processor time than polling until a peer on the same machine replies, especially in a virtual
 * machine.
 *
 * <p>Spinning pays only if work arrives soon: it is tried only after a short wait, and after each
 * fruitless spin it is skipped twice as often as before.
 *
 * <p>Off unless the system property {@code asyncio4j.spin} gives the time in microseconds; always
 * off on a single processor, where the peer could not run during the spin.
 */
final class AdaptiveSpin {

  private static final String PROPERTY = "asyncio4j.spin";

  // A wait includes the time to fall asleep and to wake up, which a spin would have saved.
  private static final int SHORT_WAIT_IN_LIMITS = 4;
  private static final int LONGEST_PAUSE = 1024;
  private static final long MOST_MICROS = 1_000;

  private final long limitNanos;
  private boolean lastWaitShort;
  private int pause = 1;
  private int pausing;

  AdaptiveSpin(long limitMicros, int processors) {
    if (limitMicros < 0 || limitMicros > MOST_MICROS) {
      throw new IllegalArgumentException(
          "%s must be between 0 and %d microseconds: %d"
              .formatted(PROPERTY, MOST_MICROS, limitMicros));
    }
    limitNanos = processors > 1 ? TimeUnit.MICROSECONDS.toNanos(limitMicros) : 0;
  }

  static AdaptiveSpin ofSystem() {
    return new AdaptiveSpin(Long.getLong(PROPERTY, 0), Runtime.getRuntime().availableProcessors());
  }

  boolean isOff() {
    return limitNanos == 0;
  }

  /** Returns how long to spin before the next sleep; 0 for not at all. */
  long nextNanos() {
    if (!lastWaitShort) {
      return 0;
    }
    if (pausing > 0) {
      pausing--;
      return 0;
    }
    return limitNanos;
  }

  /** Notes that work was found without sleeping. */
  void found() {
    pause = 1;
  }

  /** Notes that the loop had to sleep. */
  void slept(long waitedNanos, boolean afterSpin) {
    lastWaitShort = waitedNanos <= SHORT_WAIT_IN_LIMITS * limitNanos;
    if (afterSpin) {
      pausing = pause;
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }
}
