package org.asyncio4j.spi.internal.socket;

import java.time.Duration;

/**
 * A pause before retrying an operation whose readiness the system does not report; longer each
 * time.
 */
public final class GrowingPause {

  private static final Duration FIRST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(64);

  private Duration next = FIRST;

  /** {@return the next pause} */
  public Duration next() {
    Duration now = next;
    next = now.compareTo(LONGEST) < 0 ? now.multipliedBy(2) : LONGEST;
    return now;
  }

  /** Starts again with the shortest pause. */
  public void reset() {
    next = FIRST;
  }
}
