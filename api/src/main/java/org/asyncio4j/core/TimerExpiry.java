package org.asyncio4j.core;

import org.jspecify.annotations.Nullable;

/**
 * The end of a time limit as a timer of the loop, which does not run while a body holds the loop.
 */
final class TimerExpiry implements Expiry {

  private final Scheduler loop;
  private final Runnable action;
  private @Nullable Handle timer;

  TimerExpiry(EventLoop loop, long when, Runnable action) {
    this.loop = loop;
    this.action = action;
    schedule(when);
  }

  @Override
  public void reschedule(long when) {
    close();
    schedule(when);
  }

  @Override
  public void close() {
    Handle scheduled = timer;
    if (scheduled != null) {
      scheduled.cancel();
    }
  }

  private void schedule(long when) {
    timer =
        when == NEVER
            ? null
            : when <= loop.time() ? loop.callSoon(action) : loop.callAt(when, action);
  }
}
