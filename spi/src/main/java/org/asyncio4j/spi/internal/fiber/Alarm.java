package org.asyncio4j.spi.internal.fiber;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
  private volatile List<Outer> outer = List.of();
  private volatile long rangAt;
  private volatile long rangForMade;

  /** Creates an alarm that is set to no time. */
  public Alarm() {}

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
   * Says what else the body is to be interrupted for during its step. On the loop's thread.
   *
   * @param changed the alarms of others
   */
  public void heed(List<Outer> changed) {
    outer = changed;
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

  /** {@return the nearest time after another one; {@link Long#MAX_VALUE} for none} */
  long nextAfter(long now) {
    long next = nextAfter(now, Integer.MAX_VALUE);
    for (Outer other : outer) {
      next = Math.min(next, other.alarm.nextAfter(now, other.count));
    }
    return next;
  }

  /** Whether there is something that the body was not interrupted for yet. */
  boolean isDue(long now) {
    return isDue(now, state.get() == RUNG);
  }

  /** Interrupts a body, unless it has gone on meanwhile; on the thread that watches. */
  void ring(Thread body, long now, BooleanSupplier holdsStill) {
    int before = state.get();
    if (before == RINGING || !state.compareAndSet(before, RINGING)) {
      return;
    }
    int after = before;
    try {
      long made = made();
      // The order matters: the loop's thread changes these, then looks at the state.
      if (isDue(now, before == RUNG) && holdsStill.getAsBoolean()) {
        rangAt = now;
        rangForMade = made;
        after = RUNG;
        body.interrupt();
      }
    } finally {
      state.set(after);
    }
  }

  private boolean isDue(long now, boolean rung) {
    long considered = rung ? rangAt : Long.MIN_VALUE;
    boolean due = hasTime(now, Integer.MAX_VALUE, rung, considered);
    boolean asked = !requests().isEmpty();
    for (Outer other : outer) {
      due |= other.alarm.hasTime(now, other.count, rung, considered);
      asked |= !other.alarm.requests().isEmpty();
    }
    return due || (asked && !(rung && made() == rangForMade));
  }

  private boolean hasTime(long now, int count, boolean rung, long considered) {
    long[] seen = times;
    for (int index = 0; index < Math.min(count, seen.length); index++) {
      if (seen[index] <= now && !(rung && seen[index] <= considered)) {
        return true;
      }
    }
    return false;
  }

  private long nextAfter(long now, int count) {
    long next = Long.MAX_VALUE;
    long[] seen = times;
    for (int index = 0; index < Math.min(count, seen.length); index++) {
      next = seen[index] > now ? Math.min(next, seen[index]) : next;
    }
    return next;
  }

  /** How many requests were ever made, here and by those that are heeded. */
  private long made() {
    long made = requests.get().made();
    for (Outer other : outer) {
      made += other.alarm.requests.get().made();
    }
    return made;
  }

  /**
   * The alarm of another body, whose blocks a body is part of.
   *
   * @param alarm the alarm, whose requests all count
   * @param count how many of its times count, from the first on
   */
  public record Outer(Alarm alarm, int count) {}

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
