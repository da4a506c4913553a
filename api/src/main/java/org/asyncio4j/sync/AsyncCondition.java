package org.asyncio4j.sync;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.sync.WaiterQueue.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * A lock, and a place to wait until whoever holds it signals that something has changed (asyncio,
 * {@code Condition}).
 *
 * <p>What asyncio calls {@code wait}, {@code notify} and {@code notify_all} is {@link #await()},
 * {@link #signal()} and {@link #signalAll()}, as in {@link java.util.concurrent.locks.Condition}:
 * each Java object has methods of asyncio's names, which are for monitors and throw {@link
 * IllegalMonitorStateException} here.
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public final class AsyncCondition implements Releasable {

  private final AsyncLock lock;
  private final WaiterQueue waiters;

  /** Creates a condition with a lock of its own. */
  public AsyncCondition() {
    this(new AsyncLock());
  }

  /**
   * Creates a condition of a lock; several may share one.
   *
   * @param lock the lock
   */
  public AsyncCondition(AsyncLock lock) {
    this.lock = requireNonNull(lock, "lock");
    this.waiters = new WaiterQueue(lock.binding());
  }

  /**
   * Takes the lock, as {@link AsyncLock#acquire()} does.
   *
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException as {@link AsyncLock#acquire()}
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
   */
  public void acquire() {
    lock.acquire();
  }

  /**
   * Gives the lock back, as {@link AsyncLock#release()} does.
   *
   * @throws IllegalStateException if nobody holds the lock
   * @throws WrongThreadException as {@link AsyncLock#release()}
   */
  @Override
  public void release() {
    lock.release();
  }

  /** {@return whether somebody holds the lock} */
  public boolean isLocked() {
    return lock.isLocked();
  }

  /**
   * Takes the lock for a block.
   *
   * @return closing it releases the lock
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException as {@link AsyncLock#acquire()}
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
   */
  public Hold hold() {
    acquire();
    return new Hold(this);
  }

  /**
   * Releases the lock, suspends the current task until it is signalled, and takes the lock again,
   * for which it may have to wait, too. May return although nothing has changed: call it in a loop,
   * or use {@link #waitFor}.
   *
   * @throws CancelledError if the task is cancelled while it waits. It has the lock again all the
   *     same, whatever it takes; if it was cancelled repeatedly the last error is thrown. A signal
   *     that it may have got goes to another task
   * @throws IllegalStateException if nobody holds the lock, the caller is not a task, or tasks of
   *     another loop have waited for the lock; nothing is changed
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
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
   * Waits as {@link #await()} does until something holds; does not suspend if it holds already.
   *
   * @param predicate whether it holds; called with the lock held. What it throws is thrown here
   * @throws CancelledError as {@link #await()}
   * @throws IllegalStateException as {@link #await()}, if it has to wait
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
   */
  public void waitFor(BooleanSupplier predicate) {
    requireNonNull(predicate, "predicate");
    while (!predicate.getAsBoolean()) {
      await();
    }
  }

  /**
   * Wakes the task that waits longest, if any. Never waits; the task goes on when it gets the lock.
   *
   * @throws IllegalStateException if nobody holds the lock
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
   */
  public void signal() {
    signal(1);
  }

  /**
   * Wakes tasks, those first that wait longest. Never waits.
   *
   * @param count how many, at most; none if it is zero or less
   * @throws IllegalStateException if nobody holds the lock
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
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
   * Wakes everybody who waits. Never waits.
   *
   * @throws IllegalStateException if nobody holds the lock
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
   */
  public void signalAll() {
    signal(Integer.MAX_VALUE);
  }

  /**
   * {@return how many tasks wait and were not woken yet} Callable from any thread; takes time in
   * proportion.
   */
  public int waiting() {
    return waiters.pending();
  }

  @Override
  public String toString() {
    return "<AsyncCondition %s, %d waiting>"
        .formatted(isLocked() ? "locked" : "free", waiters.pending());
  }

  // Only cancellations are outlasted: any other error would come again and again.
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
          "%s must be called with the lock held but it is free; acquire the condition first"
              .formatted(operation));
    }
  }
}
