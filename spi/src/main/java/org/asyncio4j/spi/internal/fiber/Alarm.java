package org.asyncio4j.spi.internal.fiber;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * When a body that holds its loop has to be interrupted, which another thread does. The body never
 * leaves its step, nor the block of a limit, while an interrupt is on its way: whoever takes a time
 * away asks {@link #hasRung()} afterwards, and that waits for the interrupt.
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
   * Creates an alarm that is set to no time.
   *
   * @param outer finds for what else the body is to be interrupted; asked on the thread that
   *     watches while the body is parked, though the body may go on at any moment
   */
  public Alarm(Supplier<List<Outer>> outer) {
    this.outer = outer;
  }

  /**
   * Sets the times at which the body is to be interrupted, each of them once. On the loop's thread.
   *
   * @param changed times of the loop, {@link Long#MAX_VALUE} for none; not changed by the caller
   *     any more
   */
  public void set(long... changed) {
    times = changed;
  }

  /**
   * Asks for an interrupt as soon as possible. Callable from any thread.
   *
   * @param action what the interrupt is for
   */
  public void request(Runnable action) {
    Requests ignored = requests.updateAndGet(before -> before.with(action));
  }

  /**
   * Takes back what was asked for. Callable from any thread.
   *
   * @param action what the interrupt was for
   */
  public void withdraw(Runnable action) {
    Requests ignored = requests.updateAndGet(before -> before.without(action));
  }

  /** {@return what interrupts were asked for and not taken back} */
  public List<Runnable> requests() {
    return requests.get().pending();
  }

  /**
   * {@return whether the body was interrupted since {@link #reset()}} On the loop's thread; waits
   * for an interrupt that is on its way.
   */
  @SuppressWarnings("ThreadPriorityCheck") // it only gives a core away while it polls
  public boolean hasRung() {
    int seen = state.get();
    while (seen == RINGING) {
      Thread.yield();
      seen = state.get();
    }
    return seen == RUNG;
  }

  /** {@return up to which time of the loop the times were considered when it rang last} */
  public long rangAt() {
    return rangAt;
  }

  /** Forgets that it has rung. On the loop's thread. */
  public void reset() {
    state.set(QUIET);
  }

  /** Finds what else to interrupt the body for, which is parked; on the thread that watches. */
  List<Outer> outer() {
    try {
      return outer.get();
    } catch (RuntimeException | Error wentOn) {
      // The body has gone on and changed what was read. The next look finds it parked again, or
      // not.
      return List.of();
    }
  }

  /** The nearest time after another one; {@link Long#MAX_VALUE} for none. */
  long nextAfter(long now, List<Outer> others) {
    long next = nextAfter(now, 0, Integer.MAX_VALUE);
    for (Outer other : others) {
      next = Math.min(next, other.alarm.nextAfter(now, 1, other.count));
    }
    return next;
  }

  /** Whether there is something that the body was not interrupted for yet. */
  boolean isDue(long now, List<Outer> others) {
    return isDue(now, others, state.get() == RUNG);
  }

  /** Interrupts a body, unless it has gone on meanwhile; on the thread that watches. */
  void ring(Thread body, long now, List<Outer> others, BooleanSupplier holdsStill) {
    int before = state.get();
    if (before == RINGING || !state.compareAndSet(before, RINGING)) {
      return;
    }
    int after = before;
    try {
      long made = made(others);
      // The order matters: the loop's thread changes these, then looks at the state. A body that
      // went
      // on and parked again has been told from one that did not if what others have is the same.
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

  /** How many requests were ever made, here and of others. */
  private long made(List<Outer> others) {
    long made = requests.get().made();
    for (Outer other : others) {
      made += other.alarm.requests.get().made();
    }
    return made;
  }

  /**
   * The alarm of another body, whose blocks a body is part of.
   *
   * @param alarm the alarm, whose requests all count
   * @param count how many of its times count, from the second on: the first is its own affair
   * @param over whether such a block is over already
   */
  public record Outer(Alarm alarm, int count, boolean over) {}

  /** What was asked for, and how many have asked, including those who took it back. */
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
