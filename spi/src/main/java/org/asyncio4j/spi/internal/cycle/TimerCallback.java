package org.asyncio4j.spi.internal.cycle;

import org.asyncio4j.core.Context;
import org.asyncio4j.core.TimerHandle;
import org.jspecify.annotations.Nullable;

/** A callback of {@code callAt}. */
public final class TimerCallback extends CallbackHandle implements TimerHandle {

  private final long when;
  private final long sequence;
  private final TimerQueue queue;
  private boolean scheduled = true;

  TimerCallback(
      long when,
      long sequence,
      TimerQueue queue,
      Runnable callback,
      @Nullable Context context,
      @Nullable Throwable createdAt) {
    super(callback, context, createdAt);
    this.when = when;
    this.sequence = sequence;
    this.queue = queue;
  }

  @Override
  public long when() {
    return when;
  }

  @Override
  public void cancel() {
    boolean live = !isDropped();
    super.cancel();
    if (live && scheduled) {
      queue.cancelled();
    }
  }

  @Override
  public int compareTo(TimerHandle other) {
    int byTime = Long.compare(when, other.when());
    return byTime == 0 && other instanceof TimerCallback timer
        ? Long.compare(sequence, timer.sequence)
        : byTime;
  }

  boolean isBefore(TimerCallback other) {
    return when < other.when || (when == other.when && sequence < other.sequence);
  }

  void leftQueue() {
    scheduled = false;
  }

  @Override
  String kind() {
    return "TimerHandle when=" + when;
  }
}
