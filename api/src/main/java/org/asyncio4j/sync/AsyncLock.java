package org.asyncio4j.sync;

import org.asyncio4j.sync.WaiterQueue.Waiter;

/**
 * Lets one task at a time into a section of code that waits (asyncio, {@code Lock}). Between two
 * waits a task has its loop for itself and needs no lock.
 *
 * <p>Tasks get it in the order in which they asked. It knows no owner: whoever calls {@link
 * #release()} releases it. A task that holds it and asks again waits for ever.
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public final class AsyncLock implements Releasable {

  private final LoopBinding binding = new LoopBinding();
  private final WaiterQueue waiters = new WaiterQueue(binding);
  private boolean locked;

  /** Creates a lock that nobody holds. */
  public AsyncLock() {}

  /**
   * {@return whether somebody holds this lock} It is free between a release and the moment when the
   * next task in line runs, although nobody can overtake that task.
   */
  public boolean isLocked() {
    return locked;
  }

  /**
   * {@return how many tasks wait and were not woken yet} Callable from any thread; takes time in
   * proportion.
   */
  public int waiting() {
    return waiters.pending();
  }

  /**
   * Takes this lock; if it is taken or others are in line, suspends the current task until its turn
   * comes. Does not suspend otherwise.
   *
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; it does not
   *     hold the lock then, and the next in line gets it
   * @throws IllegalStateException if it has to wait and the caller is not a task, or tasks of
   *     another loop have waited for this lock
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
   */
  public void acquire() {
    waiters.ensureOwner("AsyncLock.acquire");
    if (!locked && !waiters.hasLive()) {
      locked = true;
      return;
    }
    Waiter own = waiters.join("AsyncLock.acquire");
    try {
      own.await();
    } catch (Throwable thrown) {
      if (!locked) {
        wakeFirst();
      }
      throw thrown;
    }
    locked = true;
  }

  /**
   * Gives this lock back and wakes the first in line. Never waits.
   *
   * @throws IllegalStateException if nobody holds this lock
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
   */
  @Override
  public void release() {
    waiters.ensureOwner("AsyncLock.release");
    if (!locked) {
      throw new IllegalStateException(
          "lock must be held to be released but it is free; release once for each acquire");
    }
    locked = false;
    wakeFirst();
  }

  /**
   * Takes this lock as {@link #acquire()} does, for a block.
   *
   * @return closing it releases the lock
   * @throws org.asyncio4j.core.CancelledError as {@link #acquire()}
   * @throws IllegalStateException as {@link #acquire()}
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
   */
  public Hold hold() {
    acquire();
    return new Hold(this);
  }

  /** The binding, for a condition: both are waited for on the same loop. */
  LoopBinding binding() {
    return binding;
  }

  @Override
  public String toString() {
    return "<AsyncLock %s, %d waiting>".formatted(locked ? "locked" : "free", waiters.pending());
  }

  // Who was woken takes the lock when it runs, so one is enough.
  private void wakeFirst() {
    if (!waiters.hasWoken()) {
      boolean ignored = waiters.wakeNext();
    }
  }
}
