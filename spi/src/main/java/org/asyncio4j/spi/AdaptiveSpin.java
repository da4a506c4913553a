package org.asyncio4j.spi;

import java.util.concurrent.TimeUnit;

/**
 * How long a loop looks for work before it goes to sleep. To sleep and to be woken costs more
 * processor time than to look again and again for as long as a peer on the same machine takes to
 * answer, above all in a virtual machine.
 *
 * <p>It is worth while only if something soon comes. So it is tried only after a wait that was
 * short, and each time that it was in vain it is left out twice as often as before.
 *
 * <p>Off unless the system property {@code asyncio4j.spin} says for how many microseconds; always
 * off on a single processor, where whoever is to answer could not run meanwhile.
 */
final class AdaptiveSpin {

  private static final String PROPERTY = "asyncio4j.spin";

  // A wait includes the time to fall asleep and to wake up, which a spin would have spared.
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
          "%s must be 0 to %d microseconds but was %d"
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

  /** How long to look for work before the next sleep; 0 for not at all. */
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

  /** Work was found without sleeping. */
  void found() {
    pause = 1;
  }

  /** The loop had to sleep in the end. */
  void slept(long waitedNanos, boolean afterSpin) {
    lastWaitShort = waitedNanos <= SHORT_WAIT_IN_LIMITS * limitNanos;
    if (afterSpin) {
      pausing = pause;
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }
}
