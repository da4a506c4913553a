package org.asyncio4j.sync;

import org.asyncio4j.sync.WaiterQueue.Waiter;

/**
 * Makes tasks wait until a given number of them have arrived; then all continue, and the barrier
 * can be used again (asyncio, {@code Barrier}).
 *
 * <p>A task that is cancelled while it waits does not break the barrier; it does not count as
 * arrived.
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public final class AsyncBarrier {

  private enum State {
    FILLING,
    DRAINING,
    RESETTING,
    BROKEN
  }

  private final int parties;
  private final WaiterQueue inside;
  private final WaiterQueue outside;
  private State state = State.FILLING;
  private int count; // tasks inside that have not left
  private int passed;

  /**
   * Creates a barrier.
   *
   * @param parties the number of tasks that continue together
   * @throws IllegalArgumentException if the number is less than one
   */
  public AsyncBarrier(int parties) {
    if (parties < 1) {
      throw new IllegalArgumentException("parties must be at least 1: " + parties);
    }
    this.parties = parties;
    LoopBinding binding = new LoopBinding();
    this.inside = new WaiterQueue(binding);
    this.outside = new WaiterQueue(binding);
  }

  /** {@return the number of tasks that continue together} */
  public int parties() {
    return parties;
  }

  /** {@return the number of tasks that wait for others to arrive} */
  public int waiting() {
    return state == State.FILLING ? count : 0;
  }

  /** {@return whether this barrier was aborted and not reset since then} */
  public boolean isBroken() {
    return state == State.BROKEN;
  }

  /**
   * Suspends the current task until the required number of tasks have arrived. The last one to
   * arrive is not suspended. A task that arrives before all tasks of the previous round have left
   * first waits for them to leave.
   *
   * <p>This is asyncio's {@code wait}; in Java, every object has another method of that name.
   *
   * @return the task's place in the order of arrival, from zero: different for each task that
   *     continues together
   * @throws BarrierBrokenException if this barrier is broken, or is reset or aborted while the task
   *     waits, even after the last has arrived
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if it has to wait and the caller is not a task, or tasks of
   *     another loop have waited here
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public int await() {
    inside.ensureOwner("AsyncBarrier.await");
    waitOutside();
    boolean last = count + 1 == parties;
    count++;
    try {
      if (last) {
        open();
        return parties - 1;
      }
      waitInside();
      return passed++;
    } finally {
      leave();
    }
  }

  /**
   * Returns this barrier to its initial state. Waiting tasks get {@link BarrierBrokenException};
   * later ones wait until these have left. Never waits.
   *
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void reset() {
    become(count > 0 ? State.RESETTING : State.FILLING, "AsyncBarrier.reset");
  }

  /**
   * Breaks this barrier: waiting tasks, and all that arrive until it is {@linkplain #reset()
   * reset}, get {@link BarrierBrokenException}. Never waits.
   *
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void abort() {
    become(State.BROKEN, "AsyncBarrier.abort");
  }

  @Override
  public String toString() {
    return "<AsyncBarrier %s, %d of %d>".formatted(state, count, parties);
  }

  private void waitOutside() {
    while (state == State.DRAINING || state == State.RESETTING) {
      outside.join("AsyncBarrier.await").await();
    }
    ensureNotBroken();
  }

  private void waitInside() {
    while (state == State.FILLING) {
      Waiter own = inside.join("AsyncBarrier.await");
      own.await();
    }
    if (state == State.RESETTING) {
      throw new BarrierBrokenException(
          "cannot wait at the barrier: it was reset; wait again to join the next round");
    }
    ensureNotBroken();
  }

  private void open() {
    state = State.DRAINING;
    passed = 0;
    inside.wakeAll();
  }

  private void leave() {
    count--;
    if (count == 0) {
      if (state != State.BROKEN) {
        state = State.FILLING;
      }
      outside.wakeAll();
    }
  }

  private void become(State changed, String operation) {
    inside.ensureOwner(operation);
    state = changed;
    inside.wakeAll();
    outside.wakeAll();
  }

  private void ensureNotBroken() {
    if (state == State.BROKEN) {
      throw new BarrierBrokenException(
          "cannot wait at the barrier: it was aborted; reset it first");
    }
  }
}
