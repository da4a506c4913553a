package org.asyncio4j.sync;

import org.asyncio4j.sync.WaiterQueue.Waiter;

/**
 * Admits a limited number of tasks at a time to a section of code that waits (asyncio, {@code
 * Semaphore}).
 *
 * <p>Tasks get permits in the order in which they asked for them. Permits have no owners.
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public sealed class AsyncSemaphore implements Releasable permits AsyncBoundedSemaphore {

  private final WaiterQueue waiters = new WaiterQueue(new LoopBinding());
  private int permits;

  /** Creates a semaphore with one permit. */
  public AsyncSemaphore() {
    this(1);
  }

  /**
   * Creates a semaphore.
   *
   * @param permits the initial number of permits
   * @throws IllegalArgumentException if the number is negative
   */
  public AsyncSemaphore(int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException("permits must not be negative: " + permits);
    }
    this.permits = permits;
  }

  /**
   * {@return whether {@link #acquire()} would have to wait: no permit is left, or other tasks are
   * in line}
   */
  public final boolean isLocked() {
    return permits == 0 || waiters.seemsLive();
  }

  /**
   * Acquires a permit; if none is left or other tasks are in line, suspends the current task until
   * its turn comes. Does not suspend otherwise.
   *
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; it holds no
   *     permit, and one that it was about to get goes to the next in line
   * @throws IllegalStateException if it has to wait and the caller is not a task, or tasks of
   *     another loop have waited for this semaphore
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public final void acquire() {
    waiters.ensureOwner("AsyncSemaphore.acquire");
    if (permits > 0 && !waiters.hasLive()) {
      permits--;
      return;
    }
    Waiter own = waiters.join("AsyncSemaphore.acquire");
    try {
      own.await();
    } catch (Throwable thrown) {
      if (own.wasWoken()) {
        permits++;
      }
      throw thrown;
    } finally {
      // Other tasks may have queued behind this one although permits were available.
      wakeAsManyAsMay();
    }
  }

  /**
   * Releases a permit, which may increase their number beyond the initial one, and wakes the first
   * task in line. Never waits.
   *
   * @throws IllegalStateException if this is an {@link AsyncBoundedSemaphore} that has all its
   *     permits, or if there would be more than {@link Integer#MAX_VALUE}
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  @Override
  public void release() {
    waiters.ensureOwner("AsyncSemaphore.release");
    giveBack();
  }

  /** Releases a permit; the caller has checked the thread. */
  final void giveBack() {
    if (permits == Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "cannot release the semaphore: it has Integer.MAX_VALUE permits; release once for each"
              + " acquire");
    }
    permits++;
    boolean ignored = wakeNext();
  }

  /**
   * Acquires a permit as {@link #acquire()} does, for a block.
   *
   * @return a hold; closing it releases the permit
   * @throws org.asyncio4j.core.CancelledError as {@link #acquire()}
   * @throws IllegalStateException as {@link #acquire()}
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public final Hold hold() {
    acquire();
    return new Hold(this);
  }

  final void ensureOwner(String operation) {
    waiters.ensureOwner(operation);
  }

  /**
   * {@return the number of permits that are neither held by a task nor promised to one} Callable
   * from any thread, where it may return an older number.
   */
  public final int availablePermits() {
    return permits;
  }

  /**
   * {@return the number of waiting tasks that were not woken yet} Callable from any thread; takes
   * time proportional to that number.
   */
  public final int waiting() {
    return waiters.pending();
  }

  @Override
  public String toString() {
    return "<%s %d permits, %d waiting>"
        .formatted(getClass().getSimpleName(), permits, waiters.pending());
  }

  private void wakeAsManyAsMay() {
    while (permits > 0 && wakeNext()) {
      // The next one.
    }
  }

  // The permit is taken on behalf of the woken task, so that no other task gets it.
  private boolean wakeNext() {
    boolean anybody = waiters.wakeNext();
    if (anybody) {
      permits--;
    }
    return anybody;
  }
}
