package org.asyncio4j.tck.probe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.spi.NanoClock;

/** A clock that advances only by {@link #advance}. */
public final class ManualClock implements NanoClock {

  private final AtomicLong now = new AtomicLong(1_000_000_000L);

  /** Creates a clock. */
  public ManualClock() {}

  @Override
  public long nanoTime() {
    return now.get();
  }

  /**
   * Advances the time.
   *
   * @param duration by how much
   */
  public void advance(Duration duration) {
    now.addAndGet(duration.toNanos());
  }
}
