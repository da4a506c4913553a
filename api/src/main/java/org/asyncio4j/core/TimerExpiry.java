package org.asyncio4j.core;

import org.jspecify.annotations.Nullable;

/** An expiry that uses a timer of the loop; the timer does not run while a body holds the loop. */
final class TimerExpiry implements Expiry, Runnable {

  private final Scheduler loop;
  private final Runnable action;
  private @Nullable Handle timer;
  private boolean expired;

  TimerExpiry(EventLoop loop, long when, Runnable action) {
    this.loop = loop;
    this.action = action;
    schedule(when);
  }

  @Override
  public void reschedule(long when) {
    if (!expired) {
      close();
      schedule(when);
    }
  }

  @Override
  public void close() {
    Handle scheduled = timer;
    if (scheduled != null) {
      scheduled.cancel();
    }
  }

  /** The time is up. */
  @Override
  public void run() {
    expired = true;
    action.run();
  }

  private void schedule(long when) {
    timer =
        when == NEVER ? null : when <= loop.time() ? loop.callSoon(this) : loop.callAt(when, this);
  }
}
