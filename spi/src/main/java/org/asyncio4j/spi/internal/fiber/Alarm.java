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
  private final AtomicReference<List<Runnable>> requests = new AtomicReference<>(List.of());
  private volatile long[] times = {};
  private volatile long rangAt;
  private volatile List<Runnable> rangFor = List.of();

  /** Creates an alarm that is set to no time. */
  public Alarm() {}

  /**
   * Sets the times at which the body is to be interrupted, each of them once. On the loop's thread.
   *
   * @param changed times of the loop; not changed by the caller any more
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
    List<Runnable> ignored =
        requests.updateAndGet(before -> Stream.concat(before.stream(), Stream.of(action)).toList());
  }

  /**
   * Takes back what was asked for. Callable from any thread.
   *
   * @param action what the interrupt was for
   */
  public void withdraw(Runnable action) {
    List<Runnable> ignored =
        requests.updateAndGet(before -> before.stream().filter(each -> each != action).toList());
  }

  /** {@return what interrupts were asked for and not taken back} */
  public List<Runnable> requests() {
    return requests.get();
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
    long next = Long.MAX_VALUE;
    for (long time : times) {
      next = time > now ? Math.min(next, time) : next;
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
      // The order matters: the loop's thread changes these, then looks at the state.
      if (isDue(now, before == RUNG) && holdsStill.getAsBoolean()) {
        rangAt = now;
        rangFor = requests.get();
        after = RUNG;
        body.interrupt();
      }
    } finally {
      state.set(after);
    }
  }

  private boolean isDue(long now, boolean rung) {
    for (long time : times) {
      if (time <= now && !(rung && time <= rangAt)) {
        return true;
      }
    }
    List<Runnable> asked = requests.get();
    return !asked.isEmpty() && !(rung && asked == rangFor);
  }
}
