package org.asyncio4j.spi.internal.fiber;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The times at which another thread must interrupt a body that holds its loop. The body never
 * leaves its step, nor the block of a limit, while an interrupt is in progress: code that removes a
 * time calls {@link #hasRung()} afterwards, which waits for the interrupt.
 */
public final class Alarm {

  private static final int QUIET = 0;
  private static final int RINGING = 1;
  private static final int RUNG = 2;

  private final AtomicInteger state = new AtomicInteger(QUIET);
  private final AtomicReference<Requests> requests = new AtomicReference<>(Requests.NONE);
  private volatile long[] times = {};
  private final Supplier<List<Outer>> outer;
  private volatile long rangAt;
  private volatile long rangForMade;

  /**
   * Creates an alarm that is not set.
   *
   * @param outer finds the other reasons for interrupting the body; called on the watching thread
   *     while the body is parked, though the body may continue at any time
   */
  public Alarm(Supplier<List<Outer>> outer) {
    this.outer = outer;
  }

  /**
   * Sets the times at which the body is to be interrupted, once each. Called on the loop's thread.
   *
   * @param changed times of the loop, {@link Long#MAX_VALUE} for none; the caller must not change
   *     the array any more
   */
  public void set(long... changed) {
    times = changed;
  }

  /**
   * Requests an interrupt as soon as possible. Callable from any thread.
   *
   * @param action the reason for the interrupt
   */
  public void request(Runnable action) {
    Requests ignored = requests.updateAndGet(before -> before.with(action));
  }

  /**
   * Withdraws a request. Callable from any thread.
   *
   * @param action the reason for the interrupt
   */
  public void withdraw(Runnable action) {
    Requests ignored = requests.updateAndGet(before -> before.without(action));
  }

  /** {@return the requests that were not withdrawn} */
  public List<Runnable> requests() {
    return requests.get().pending();
  }

  /**
   * {@return whether the body was interrupted since {@link #reset()}} Called on the loop's thread;
   * waits for an interrupt that is in progress.
   */
  @SuppressWarnings("ThreadPriorityCheck") // it only yields the core while it polls
  public boolean hasRung() {
    int seen = state.get();
    while (seen == RINGING) {
      Thread.yield();
      seen = state.get();
    }
    return seen == RUNG;
  }

  /** {@return the loop's time up to which times were considered by the last interrupt} */
  public long rangAt() {
    return rangAt;
  }

  /** Clears the record of the interrupt. Called on the loop's thread. */
  public void reset() {
    state.set(QUIET);
  }

  /** Finds the other reasons for interrupting the parked body. Called on the watching thread. */
  List<Outer> outer() {
    try {
      return outer.get();
    } catch (RuntimeException | Error wentOn) {
      // The body has continued and changed the data that was read. The next check starts afresh.
      return List.of();
    }
  }

  /** Returns the nearest time after the given one; {@link Long#MAX_VALUE} for none. */
  long nextAfter(long now, List<Outer> others) {
    long next = nextAfter(now, 0, Integer.MAX_VALUE);
    for (Outer other : others) {
      next = Math.min(next, other.alarm.nextAfter(now, 1, other.count));
    }
    return next;
  }

  /** Returns whether there is a reason for which the body was not interrupted yet. */
  boolean isDue(long now, List<Outer> others) {
    return isDue(now, others, state.get() == RUNG);
  }

  /** Interrupts a body, unless it has continued in the meantime. Called on the watching thread. */
  void ring(Thread body, long now, List<Outer> others, BooleanSupplier holdsStill) {
    int before = state.get();
    if (before == RINGING || !state.compareAndSet(before, RINGING)) {
      return;
    }
    int after = before;
    try {
      long made = made(others);
      // The order matters: the loop's thread changes these, then reads the state. Comparing the
      // outer blocks detects a body that has continued and parked again.
      if (isDue(now, others, before == RUNG)
          && holdsStill.getAsBoolean()
          && others.equals(outer())) {
        rangAt = now;
        rangForMade = made;
        after = RUNG;
        body.interrupt();
      }
    } finally {
      state.set(after);
    }
  }

  private boolean isDue(long now, List<Outer> others, boolean rung) {
    long considered = rung ? rangAt : Long.MIN_VALUE;
    boolean due = hasTime(now, 0, Integer.MAX_VALUE, rung, considered);
    boolean asked = !requests().isEmpty();
    for (Outer other : others) {
      due |= (other.over && !rung) || other.alarm.hasTime(now, 1, other.count, rung, considered);
      asked |= !other.alarm.requests().isEmpty();
    }
    return due || (asked && !(rung && made(others) == rangForMade));
  }

  private boolean hasTime(long now, int from, int count, boolean rung, long considered) {
    long[] seen = times;
    for (int index = from; index < seen.length && index - from < count; index++) {
      if (seen[index] <= now && !(rung && seen[index] <= considered)) {
        return true;
      }
    }
    return false;
  }

  private long nextAfter(long now, int from, int count) {
    long next = Long.MAX_VALUE;
    long[] seen = times;
    for (int index = from; index < seen.length && index - from < count; index++) {
      next = seen[index] > now ? Math.min(next, seen[index]) : next;
    }
    return next;
  }

  /** Returns how many requests were ever made, here and on outer alarms. */
  private long made(List<Outer> others) {
    long made = requests.get().made();
    for (Outer other : others) {
      made += other.alarm.requests.get().made();
    }
    return made;
  }

  /**
   * The alarm of another body, in whose blocks a body runs.
   *
   * @param alarm the alarm, whose requests all count
   * @param count how many of its times count, from the second on: the first concerns only the other
   *     body
   * @param over whether such a block has already expired
   */
  public record Outer(Alarm alarm, int count, boolean over) {}

  /** The pending requests, and the number of all requests, including withdrawn ones. */
  private record Requests(List<Runnable> pending, long made) {

    private static final Requests NONE = new Requests(List.of(), 0);

    Requests with(Runnable action) {
      return new Requests(Stream.concat(pending.stream(), Stream.of(action)).toList(), made + 1);
    }

    Requests without(Runnable action) {
      return new Requests(pending.stream().filter(each -> each != action).toList(), made);
    }
  }
}
