package org.asyncio4j.sync;

import org.asyncio4j.sync.WaiterQueue.Waiter;

/**
 * Admits one task at a time to a section of code that waits (asyncio, {@code Lock}). Between two
 * waits no other task runs on the loop, so no lock is needed.
 *
 * <p>Tasks acquire it in the order in which they asked for it. It has no owner: any task may call
 * {@link #release()}. It is not reentrant: a task that holds it and acquires it again waits
 * forever.
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public final class AsyncLock implements Releasable {

  private final LoopBinding binding = new LoopBinding();
  private final WaiterQueue waiters = new WaiterQueue(binding);
  private boolean locked;

  /** Creates a lock that is not held. */
  public AsyncLock() {}

  /**
   * {@return whether this lock is held} It is not held between a release and the moment when the
   * next task in line runs, although no other task can overtake that one.
   */
  public boolean isLocked() {
    return locked;
  }

  /**
   * {@return the number of waiting tasks that were not woken yet} Callable from any thread; takes
   * time proportional to that number.
   */
  public int waiting() {
    return waiters.pending();
  }

  /**
   * Acquires this lock; if it is held or other tasks are in line, suspends the current task until
   * its turn comes. Does not suspend otherwise.
   *
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; it does not
   *     hold the lock, which goes to the next in line
   * @throws IllegalStateException if it has to wait and the caller is not a task, or tasks of
   *     another loop have waited for this lock
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
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
   * Releases this lock and wakes the first task in line. Never waits.
   *
   * @throws IllegalStateException if this lock is not held
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  @Override
  public void release() {
    waiters.ensureOwner("AsyncLock.release");
    if (!locked) {
      throw new IllegalStateException(
          "cannot release the lock: it is free; release once for each acquire");
    }
    locked = false;
    wakeFirst();
  }

  /**
   * Acquires this lock as {@link #acquire()} does, for a block.
   *
   * @return a hold; closing it releases the lock
   * @throws org.asyncio4j.core.CancelledError as {@link #acquire()}
   * @throws IllegalStateException as {@link #acquire()}
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public Hold hold() {
    acquire();
    return new Hold(this);
  }

  /** The binding, which a condition shares: tasks wait for both on the same loop. */
  LoopBinding binding() {
    return binding;
  }

  @Override
  public String toString() {
    return "<AsyncLock %s, %d waiting>".formatted(locked ? "locked" : "free", waiters.pending());
  }

  // A woken task acquires the lock when it runs, so one is enough.
  private void wakeFirst() {
    if (!waiters.hasWoken()) {
      boolean ignored = waiters.wakeNext();
    }
  }
}
