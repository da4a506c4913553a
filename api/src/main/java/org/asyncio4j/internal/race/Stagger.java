package org.asyncio4j.internal.race;

import java.time.Duration;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.TimerHandle;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next attempt of a race starts: when the previous one has failed, or after a
 * delay without an outcome (RFC 8305, section 5; asyncio, {@code staggered_race}).
 *
 * <p>Belongs to the task that runs the race. Only that task starts attempts; events are recorded
 * here and wake it, so it does not matter which of several events woke it.
 */
public final class Stagger {

  private final EventLoop loop;
  private final int size;
  private final @Nullable Duration delay;
  private int started;
  private boolean nextIsDue = true;
  private @Nullable Promise<@Nullable Void> change; // present while the task waits for an event
  private @Nullable TimerHandle timer;

  /**
   * Prepares a race; its first attempt is due.
   *
   * @param loop the loop of the task
   * @param size the number of attempts
   * @param delay the time after which the next attempt is due, or {@code null} to wait until the
   *     previous one has failed
   */
  public Stagger(EventLoop loop, int size, @Nullable Duration delay) {
    this.loop = loop;
    this.size = size;
    this.delay = delay;
  }

  /** {@return whether an attempt remains that must start now} */
  public boolean isNextDue() {
    return nextIsDue && hasNext();
  }

  /** {@return whether an attempt remains, which may have to wait} */
  public boolean hasNext() {
    return started < size;
  }

  /**
   * Takes the next attempt, which must be due.
   *
   * @return its index
   */
  public int next() {
    nextIsDue = false;
    cancelTimer();
    return started++;
  }

  /**
   * Starts the delay of the attempt after this one.
   *
   * @param attempt the attempt that was taken last
   */
  public void began(Future<?> attempt) {
    if (delay != null && hasNext() && !attempt.isDone()) {
      timer = loop.callLater(delay, this::delayIsOver);
    }
  }

  /**
   * Records a failure. Only that of the attempt that was taken last makes the next one due.
   *
   * @param index the index of the failed attempt
   */
  public void failed(int index) {
    nextIsDue |= index == started - 1;
  }

  /** Suspends the task until it is woken. */
  public void awaitChange() {
    Promise<@Nullable Void> awaited = loop.createFuture();
    change = awaited;
    try {
      awaited.await();
    } finally {
      change = null;
    }
  }

  /** Wakes the task if it waits. */
  public void wake() {
    if (change != null) {
      change.trySetResult(null);
    }
  }

  /** Ends the race: no further attempt is due. */
  public void stop() {
    started = size;
    cancelTimer();
  }

  private void delayIsOver() {
    nextIsDue = true;
    wake();
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
