package org.asyncio4j.sync;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Waiting tasks, in order of arrival. A woken task leaves the line at once but counts as live until
 * it runs, so that no other task overtakes it.
 *
 * <p>A cancelled waiter leaves when its task runs, in constant time, or is skipped before that.
 */
final class WaiterQueue {

  private final LoopBinding binding;
  private @Nullable Waiter first;
  private @Nullable Waiter last;
  private int woken;
  private long tickets;

  WaiterQueue(LoopBinding binding) {
    this.binding = binding;
  }

  /** Puts the calling task at the end of the line; it then has to call {@link Waiter#await()}. */
  Waiter join(String operation) {
    EventLoop loop = binding.loopThatWaits(operation);
    Waiter waiter = new Waiter(this, loop.createFuture(), ++tickets);
    insertAfter(last, waiter);
    return waiter;
  }

  /** Puts a task that was woken in vain back into its former position. */
  Waiter rejoin(Waiter former, String operation) {
    EventLoop loop = binding.loopThatWaits(operation);
    Waiter waiter = new Waiter(this, loop.createFuture(), former.ticket);
    Waiter before = null;
    for (Waiter at = first; at != null && at.ticket < waiter.ticket; at = at.next) {
      before = at;
    }
    insertAfter(before, waiter);
    return waiter;
  }

  /** Returns whether a newcomer must queue: a task waits, or was woken and has not run yet. */
  boolean hasLive() {
    return woken > 0 || firstPending() != null;
  }

  /**
   * Like {@link #hasLive()}, but callable from any thread: changes nothing, and takes time
   * proportional to the number of waiters.
   */
  boolean seemsLive() {
    return woken > 0 || pending() > 0;
  }

  /** Returns whether a task was woken and has not run yet. */
  boolean hasWoken() {
    return woken > 0;
  }

  /**
   * Returns the number of tasks that wait and were not woken, for messages; takes time proportional
   * to that number.
   */
  int pending() {
    int count = 0;
    for (Waiter at = first; at != null; at = at.next) {
      if (!at.promise.isDone()) {
        count++;
      }
    }
    return count;
  }

  /**
   * Rejects calls from other threads before anything is changed.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  void ensureOwner(String operation) {
    binding.ensureOwner(operation);
  }

  /** Wakes the task that has waited longest. Returns whether there was one. */
  boolean wakeNext() {
    Waiter next = firstPending();
    if (next == null) {
      return false;
    }
    next.promise.setResult(null);
    unlink(next);
    next.woken = true;
    woken++;
    return true;
  }

  /** Wakes all tasks that wait now. */
  void wakeAll() {
    while (wakeNext()) {
      // The next one.
    }
  }

  private @Nullable Waiter firstPending() {
    Waiter head = first;
    while (head != null && head.promise.isDone()) {
      unlink(head);
      head = first;
    }
    return head;
  }

  private void leave(Waiter waiter) {
    if (waiter.woken) {
      woken--;
    } else {
      unlink(waiter);
    }
  }

  private void insertAfter(@Nullable Waiter before, Waiter waiter) {
    Waiter after = before == null ? first : before.next;
    waiter.previous = before;
    waiter.next = after;
    if (before == null) {
      first = waiter;
    } else {
      before.next = waiter;
    }
    if (after == null) {
      last = waiter;
    } else {
      after.previous = waiter;
    }
    waiter.linked = true;
  }

  private void unlink(Waiter waiter) {
    if (!waiter.linked) {
      return;
    }
    Waiter before = waiter.previous;
    Waiter after = waiter.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    waiter.previous = null;
    waiter.next = null;
    waiter.linked = false;
  }

  /** One wait of one task. */
  static final class Waiter {

    private final WaiterQueue queue;
    private final Promise<@Nullable Void> promise;
    private final long ticket;
    private @Nullable Waiter previous;
    private @Nullable Waiter next;
    private boolean linked;
    private boolean woken;

    private Waiter(WaiterQueue queue, Promise<@Nullable Void> promise, long ticket) {
      this.queue = queue;
      this.promise = promise;
      this.ticket = ticket;
    }

    /** Suspends the task until it is woken; leaves the line in any case. */
    void await() {
      try {
        promise.await();
      } finally {
        queue.leave(this);
      }
    }

    /**
     * Returns whether this waiter was woken: if {@link #await()} throws in that case, the wake-up
     * must go to another task.
     */
    boolean wasWoken() {
      return woken;
    }
  }
}
