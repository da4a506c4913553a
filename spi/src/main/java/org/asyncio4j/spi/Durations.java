package org.asyncio4j.spi;

import java.time.Duration;

/** Durations as the loop counts them. */
final class Durations {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Durations() {}

  /** Nanoseconds; durations of more than 292 years count as that. */
  static long toNanos(Duration duration) {
    if (duration.compareTo(LONGEST) >= 0) {
      return Long.MAX_VALUE;
    }
    return duration.isNegative() ? 0 : duration.toNanos();
  }

  /** A time plus a span, without overflow. */
  static long add(long time, long nanos) {
    long sum = time + nanos;
    return sum < time ? Long.MAX_VALUE : sum;
  }
}
