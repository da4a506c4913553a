package org.asyncio4j.spi.internal.socket;

import java.time.Duration;

/** How long to wait before trying again what the system does not announce: longer each time. */
public final class GrowingPause {

  private static final Duration FIRST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(64);

  private Duration next = FIRST;

  /** {@return the pause to make now} */
  public Duration next() {
    Duration now = next;
    next = now.compareTo(LONGEST) < 0 ? now.multipliedBy(2) : LONGEST;
    return now;
  }

  /** Begins with the shortest again. */
  public void reset() {
    next = FIRST;
  }
}
