package org.asyncio4j.sync;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.sync.WaiterQueue.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * A lock whose holder can wait for a change, or signal one to waiting tasks (asyncio, {@code
 * Condition}).
 *
 * <p>What asyncio calls {@code wait}, {@code notify} and {@code notify_all} is {@link #await()},
 * {@link #signal()} and {@link #signalAll()}, as in {@link java.util.concurrent.locks.Condition}:
 * asyncio's names are those of the monitor methods of every Java object, which throw {@link
 * IllegalMonitorStateException} here.
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public final class AsyncCondition implements Releasable {

  private final AsyncLock lock;
  private final WaiterQueue waiters;

  /** Creates a condition with a new lock. */
  public AsyncCondition() {
    this(new AsyncLock());
  }

  /**
   * Creates a condition with a given lock; several conditions may share one.
   *
   * @param lock the lock
   */
  public AsyncCondition(AsyncLock lock) {
    this.lock = requireNonNull(lock, "lock");
    this.waiters = new WaiterQueue(lock.binding());
  }

  /**
   * Acquires the lock, as {@link AsyncLock#acquire()} does.
   *
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException as {@link AsyncLock#acquire()}
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void acquire() {
    lock.acquire();
  }

  /**
   * Releases the lock, as {@link AsyncLock#release()} does.
   *
   * @throws IllegalStateException if the lock is not held
   * @throws WrongThreadException as {@link AsyncLock#release()}
   */
  @Override
  public void release() {
    lock.release();
  }

  /** {@return whether the lock is held} */
  public boolean isLocked() {
    return lock.isLocked();
  }

  /**
   * Acquires the lock for a block.
   *
   * @return a hold; closing it releases the lock
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException as {@link AsyncLock#acquire()}
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public Hold hold() {
    acquire();
    return new Hold(this);
  }

  /**
   * Releases the lock, suspends the current task until it is signalled, and acquires the lock
   * again, which may also wait. May return although nothing has changed: call it in a loop, or use
   * {@link #waitFor}.
   *
   * @throws CancelledError if the task is cancelled while it waits. Even then it acquires the lock
   *     again before it throws, however long that takes; if it was cancelled repeatedly, the last
   *     error is thrown. A signal that it received goes to another task
   * @throws IllegalStateException if the lock is not held, the caller is not a task, or tasks of
   *     another loop have waited for the lock; nothing is changed
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void await() {
    waiters.ensureOwner("AsyncCondition.await");
    ensureLocked("AsyncCondition.await");
    Waiter own = waiters.join("AsyncCondition.await");
    try {
      try {
        lock.release();
        own.await();
      } finally {
        reacquire();
      }
    } catch (Throwable thrown) {
      boolean ignored = waiters.wakeNext();
      throw thrown;
    }
  }

  /**
   * Waits as {@link #await()} does until a predicate is true; does not suspend if it is already
   * true.
   *
   * @param predicate the predicate, which is called with the lock held; its exceptions are
   *     propagated
   * @throws CancelledError as {@link #await()}
   * @throws IllegalStateException as {@link #await()}, if it has to wait
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void waitFor(BooleanSupplier predicate) {
    requireNonNull(predicate, "predicate");
    while (!predicate.getAsBoolean()) {
      await();
    }
  }

  /**
   * Wakes the task that has waited longest, if any. Never waits; the woken task continues when it
   * gets the lock.
   *
   * @throws IllegalStateException if the lock is not held
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void signal() {
    signal(1);
  }

  /**
   * Wakes a number of tasks, in the order in which they began to wait. Never waits.
   *
   * @param count the maximum number of tasks; none if it is zero or less
   * @throws IllegalStateException if the lock is not held
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void signal(int count) {
    waiters.ensureOwner("AsyncCondition.signal");
    ensureLocked("AsyncCondition.signal");
    int left = count;
    while (left > 0 && waiters.wakeNext()) {
      left--;
    }
  }

  /**
   * Wakes all waiting tasks. Never waits.
   *
   * @throws IllegalStateException if the lock is not held
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void signalAll() {
    signal(Integer.MAX_VALUE);
  }

  /**
   * {@return the number of waiting tasks that were not woken yet} Callable from any thread; takes
   * time proportional to that number.
   */
  public int waiting() {
    return waiters.pending();
  }

  @Override
  public String toString() {
    return "<AsyncCondition %s, %d waiting>"
        .formatted(isLocked() ? "locked" : "free", waiters.pending());
  }

  // Only cancellations are retried: any other error would recur.
  private void reacquire() {
    CancelledError last = null;
    boolean acquired = false;
    while (!acquired) {
      try {
        lock.acquire();
        acquired = true;
      } catch (CancelledError cancelled) {
        last = cancelled;
      }
    }
    rethrow(last);
  }

  private static void rethrow(@Nullable CancelledError error) {
    if (error != null) {
      throw error;
    }
  }

  private void ensureLocked(String operation) {
    if (!lock.isLocked()) {
      throw new IllegalStateException(
          "cannot call %s: the lock is not held; acquire the condition first".formatted(operation));
    }
  }
}
