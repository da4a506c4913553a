package org.asyncio4j.spi.internal.cycle;

import org.asyncio4j.internal.describe.Described;

/** Moves a warning from the thread that carries the fibers into a fiber. */
final class SlownessEntry extends ReadyEntry {

  private final SlowCallbackMonitor monitor;
  private final ReadyEntry slow;
  private final long elapsed;

  SlownessEntry(SlowCallbackMonitor monitor, ReadyEntry slow, long elapsed) {
    this.monitor = monitor;
    this.slow = slow;
    this.elapsed = elapsed;
  }

  @Override
  public void run() {
    monitor.warn(slow, elapsed);
  }

  @Override
  public String toString() {
    return "<Handle warns of " + Described.object(slow) + ">";
  }
}
