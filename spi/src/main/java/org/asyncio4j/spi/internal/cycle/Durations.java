package org.asyncio4j.spi.internal.cycle;

import java.time.Duration;

/** Arithmetic on the loop's durations. */
public final class Durations {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Durations() {}

  /** Returns nanoseconds; durations of more than 292 years are capped. */
  public static long toNanos(Duration duration) {
    if (duration.compareTo(LONGEST) >= 0) {
      return Long.MAX_VALUE;
    }
    return duration.isNegative() ? 0 : duration.toNanos();
  }

  /** Adds a span to a time, without overflow. */
  public static long add(long time, long nanos) {
    long sum = time + nanos;
    return sum < time ? Long.MAX_VALUE : sum;
  }
}
