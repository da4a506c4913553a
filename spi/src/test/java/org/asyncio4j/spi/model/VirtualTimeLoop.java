package org.asyncio4j.spi.model;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.ParkingLoop;

/**
 * A loop whose time passes only when nothing can run, and which reports when nothing will ever run.
 */
class VirtualTimeLoop extends ParkingLoop {

  private static final long UNIT = 1_000_000;

  private final AtomicLong clock;
  private final long origin;
  private Runnable whenIdle = () -> {};

  VirtualTimeLoop(CoroutineMode mode) {
    this(mode, new AtomicLong(1_000 * UNIT));
  }

  private VirtualTimeLoop(CoroutineMode mode, AtomicLong clock) {
    super(LoopContext.defaults().withCoroutines(mode).withClock(clock::get));
    this.clock = clock;
    this.origin = clock.get();
  }

  static Duration units(int units) {
    return Duration.ofNanos(units * UNIT);
  }

  /** In units. */
  final long now() {
    return (clock.get() - origin) / UNIT;
  }

  /** Sets a callback to run whenever nothing is ready and there is no timer. */
  final void whenIdle(Runnable callback) {
    whenIdle = callback;
  }

  @Override
  protected void poll(long waitNanos) {
    if (waitNanos == Long.MAX_VALUE) {
      // The hand-off engine waits in a thread of its own.
      callSoonThreadsafe(whenIdle);
    } else {
      clock.addAndGet(waitNanos);
    }
  }
}
