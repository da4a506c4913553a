package org.asyncio4j.spi;

import java.time.Duration;
import java.util.Locale;

/** Warns, in debug mode, of a callback or step that kept the others waiting. */
final class SlowCallbackMonitor {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");
  private static final double NANOS_PER_SECOND = 1e9;

  private long thresholdNanos = Duration.ofMillis(100).toNanos();

  Duration threshold() {
    return Duration.ofNanos(thresholdNanos);
  }

  void setThreshold(Duration changed) {
    if (changed.isNegative() || changed.isZero()) {
      throw new IllegalArgumentException(
          "slowCallbackDuration must be positive but was " + changed);
    }
    thresholdNanos = Durations.toNanos(changed);
  }

  boolean isSlow(long elapsedNanos) {
    return elapsedNanos >= thresholdNanos;
  }

  /** Logs; only in a fiber. */
  void warn(Object what, long elapsedNanos) {
    LOGGER.log(
        System.Logger.Level.WARNING,
        "Executing %s took %s seconds"
            .formatted(what, String.format(Locale.ROOT, "%.3f", elapsedNanos / NANOS_PER_SECOND)));
  }
}
