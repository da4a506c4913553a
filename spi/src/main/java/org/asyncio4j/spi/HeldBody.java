package org.asyncio4j.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.spi.internal.fiber.Alarm;
import org.jspecify.annotations.Nullable;

/**
 * What has to reach a body although it holds its loop: the ends of time limits, requests of other
 * threads, and a cancellation that the body itself has requested. Limits and requests go to the
 * loop as well; each is done once, by the loop or when the body was interrupted for it.
 *
 * <p>All methods but {@link #request} belong to the loop's thread.
 */
final class HeldBody {

  private final CancellableTask<?> task;
  private final Alarm alarm;
  private final List<Expiry> expiries = new ArrayList<>(0);
  private boolean due;
  private boolean catchingUp;

  HeldBody(CancellableTask<?> task, Alarm alarm) {
    this.task = task;
    this.alarm = alarm;
  }

  /** Has an action done on the loop's thread; the answer takes that back. */
  Runnable scheduleExpiry(long when, Runnable action) {
    Expiry expiry = new Expiry(when, action);
    expiry.schedule(task.loop());
    expiries.add(expiry);
    publish();
    return expiry::takeBack;
  }

  /** Has an action done on the loop's thread; from any thread. */
  void request(Runnable action) {
    Request request = new Request(action);
    // Before the loop gets it, which withdraws it.
    alarm.request(request);
    try {
      task.loop().callSoonThreadsafe(request);
    } catch (IllegalStateException closed) {
      alarm.withdraw(request);
      throw closed;
    }
  }

  /** Has the body interrupted where it parks next, or not. */
  void setDue(boolean changed) {
    if (due != changed) {
      due = changed;
      publish();
    }
  }

  /** Whether the body was interrupted and {@link #catchUp} was not called since. */
  boolean hasRung() {
    return !catchingUp && alarm.hasRung();
  }

  /** Does what the body was interrupted for. */
  void catchUp() {
    catchingUp = true;
    try {
      alarm.requests().forEach(Runnable::run);
      long rangAt = alarm.rangAt();
      expiries.stream()
          .filter(expiry -> expiry.when <= rangAt)
          .sorted(Comparator.comparingLong(expiry -> expiry.when))
          .toList()
          .forEach(Expiry::expire);
    } finally {
      catchingUp = false;
      alarm.reset();
    }
  }

  private void publish() {
    long[] times = new long[expiries.size() + 1];
    int count = 0;
    if (due) {
      times[count++] = Long.MIN_VALUE;
    }
    for (Expiry expiry : expiries) {
      if (!expiry.ends) {
        times[count++] = expiry.when;
      }
    }
    alarm.set(Arrays.copyOf(times, count));
  }

  /** The end of a time limit. */
  private final class Expiry {

    private final long when;
    private final Runnable action;
    private @Nullable Handle timer;
    private boolean ends;

    Expiry(long when, Runnable action) {
      this.when = when;
      this.action = action;
    }

    void schedule(EventLoop loop) {
      timer = when <= loop.time() ? loop.callSoon(this::expire) : loop.callAt(when, this::expire);
    }

    void expire() {
      if (remove()) {
        action.run();
      }
    }

    void takeBack() {
      if (ends || !expiries.contains(this)) {
        return;
      }
      ends = true;
      publish();
      // If the body was interrupted for it just now, it is not too early.
      task.catchUp();
      boolean ignored = remove();
    }

    private boolean remove() {
      Handle scheduled = timer;
      if (scheduled != null) {
        scheduled.cancel();
      }
      boolean first = expiries.remove(this);
      if (first && !ends) {
        publish();
      }
      return first;
    }
  }

  /** What another thread has asked for. */
  private final class Request implements Runnable {

    private final Runnable action;
    private final AtomicBoolean done = new AtomicBoolean();

    Request(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      alarm.withdraw(this);
      if (done.compareAndSet(false, true)) {
        action.run();
      }
    }
  }
}
