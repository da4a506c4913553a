package org.asyncio4j.sync;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Queue;
import org.asyncio4j.sync.WaiterQueue.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * Passes items from producer tasks to consumer tasks, first in, first out (asyncio, {@code Queue}).
 *
 * <p>Waiting tasks are served in the order in which they began to wait. A task that does not have
 * to wait, because there is an item or free space when it calls, is served first.
 *
 * <p>Not thread-safe: see the package's thread rule.
 *
 * @param <T> the type of the items
 */
public class AsyncQueue<T> {

  private final Queue<T> items;
  private final int maxSize;
  private final WaiterQueue getters;
  private final WaiterQueue putters;
  private final WaiterQueue joiners;
  private long unfinished;
  private boolean shutDown;

  /** Creates a queue that is never full. */
  public AsyncQueue() {
    this(0);
  }

  /**
   * Creates a queue.
   *
   * @param maxSize the capacity; unlimited if it is zero or less
   */
  public AsyncQueue(int maxSize) {
    this(new ArrayDeque<>(), maxSize);
  }

  /**
   * Creates a queue with a custom order: asyncio's {@code _put} and {@code _get}.
   *
   * @param items stores the items and returns them by {@code remove}; it must be empty, and from
   *     now on only this queue may use it
   * @param maxSize the capacity; unlimited if it is zero or less
   */
  protected AsyncQueue(Queue<T> items, int maxSize) {
    this.items = requireNonNull(items, "items");
    this.maxSize = maxSize;
    LoopBinding binding = new LoopBinding();
    this.getters = new WaiterQueue(binding);
    this.putters = new WaiterQueue(binding);
    this.joiners = new WaiterQueue(binding);
  }

  /** {@return the number of items in this queue} */
  public final int size() {
    return items.size();
  }

  /** {@return whether this queue is empty} */
  public final boolean isEmpty() {
    return items.isEmpty();
  }

  /** {@return whether this queue is full} */
  public final boolean isFull() {
    return maxSize > 0 && items.size() >= maxSize;
  }

  /** {@return the capacity of this queue; unlimited if it is zero or less} */
  public final int maxSize() {
    return maxSize;
  }

  /**
   * Puts an item into this queue; suspends the current task while it is full.
   *
   * @param item the item
   * @throws QueueShutDownException if this queue is shut down, before or during this call
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; the item is
   *     not in the queue
   * @throws IllegalStateException if it has to wait and the caller is not a task, or tasks of
   *     another loop have waited for this queue
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public final void put(T item) {
    requireNonNull(item, "item");
    putters.ensureOwner("AsyncQueue.put");
    Waiter former = null;
    while (isFull() && !shutDown) {
      former = line(putters, former, "AsyncQueue.put");
      try {
        former.await();
      } catch (Throwable thrown) {
        if (former.wasWoken() && !isFull()) {
          boolean ignored = putters.wakeNext();
        }
        throw thrown;
      }
    }
    try {
      add(item);
    } catch (Throwable thrown) {
      // Natural order; the place for which this was woken is still free.
      if (former != null && !isFull()) {
        boolean ignored = putters.wakeNext();
      }
      throw thrown;
    }
  }

  /**
   * Puts an item into this queue. Never waits.
   *
   * @param item the item
   * @throws QueueFullException if this queue is full
   * @throws QueueShutDownException if this queue is shut down
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public final void putNoWait(T item) {
    requireNonNull(item, "item");
    getters.ensureOwner("AsyncQueue.putNoWait");
    add(item);
  }

  private void add(T item) {
    if (shutDown) {
      throw new QueueShutDownException("cannot put: the queue is shut down");
    }
    if (isFull()) {
      throw new QueueFullException(
          "cannot put: the queue is full, %d items of at most %d; use put to wait for room"
              .formatted(size(), maxSize));
    }
    items.add(item);
    unfinished++;
    boolean ignored = getters.wakeNext();
  }

  /**
   * Takes the next item; suspends the current task while this queue is empty.
   *
   * @return the item
   * @throws QueueShutDownException if this queue is shut down and empty, before or during this call
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; no item is
   *     lost
   * @throws IllegalStateException if it has to wait and the caller is not a task, or tasks of
   *     another loop have waited for this queue
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public final T get() {
    getters.ensureOwner("AsyncQueue.get");
    Waiter former = null;
    while (isEmpty() && !shutDown) {
      former = line(getters, former, "AsyncQueue.get");
      try {
        former.await();
      } catch (Throwable thrown) {
        if (former.wasWoken() && !isEmpty()) {
          boolean ignored = getters.wakeNext();
        }
        throw thrown;
      }
    }
    try {
      return removeNext();
    } catch (Throwable thrown) {
      if (former != null && !isEmpty()) {
        boolean ignored = getters.wakeNext();
      }
      throw thrown;
    }
  }

  /**
   * Takes the next item. Never waits.
   *
   * @return the item
   * @throws QueueEmptyException if this queue is empty
   * @throws QueueShutDownException if this queue is empty and shut down
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public final T getNoWait() {
    getters.ensureOwner("AsyncQueue.getNoWait");
    return removeNext();
  }

  private T removeNext() {
    if (isEmpty()) {
      if (shutDown) {
        throw new QueueShutDownException("cannot get: the queue is empty and shut down");
      }
      throw new QueueEmptyException("cannot get: the queue is empty; use get to wait for an item");
    }
    T item = items.remove();
    boolean ignored = putters.wakeNext();
    return item;
  }

  /**
   * Marks the work on an item that was taken as done; the last such call wakes the tasks that wait
   * in {@link #join()}. Never waits.
   *
   * @throws IllegalStateException if it is called more often than items were put
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public final void taskDone() {
    joiners.ensureOwner("AsyncQueue.taskDone");
    if (unfinished == 0) {
      throw new IllegalStateException(
          "cannot call taskDone(): no item is unfinished; call it once for each item");
    }
    finish(1);
  }

  /**
   * Suspends the current task until {@link #taskDone()} was called for every item; does not suspend
   * if it was.
   *
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if it has to wait and the caller is not a task, or tasks of
   *     another loop have waited for this queue
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public final void join() {
    joiners.ensureOwner("AsyncQueue.join");
    if (unfinished > 0) {
      joiners.join("AsyncQueue.join").await();
    }
  }

  /**
   * Shuts down this queue for new items; items that are in it can still be taken. Tasks that wait
   * to put get {@link QueueShutDownException}, and so do tasks that wait to get once no item is
   * left. Never waits.
   *
   * @throws WrongThreadException as {@link #shutdown(boolean)}
   */
  public final void shutdown() {
    shutdown(false);
  }

  /**
   * Shuts down this queue for new items (asyncio, 3.13). Tasks that wait to put or get are woken
   * and get {@link QueueShutDownException}. Never waits.
   *
   * @param immediate whether to also drop the items, as if they were taken and {@linkplain
   *     #taskDone() done}
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public final void shutdown(boolean immediate) {
    getters.ensureOwner("AsyncQueue.shutdown");
    shutDown = true;
    try {
      if (immediate) {
        int dropped = items.size();
        items.clear(); // may run code of a user-provided queue
        finish(Math.min(dropped, unfinished));
      }
    } finally {
      getters.wakeAll();
      putters.wakeAll();
    }
  }

  @Override
  public String toString() {
    return "<%s %d items, maxSize %d, %d unfinished, %d getting, %d putting%s>"
        .formatted(
            getClass().getSimpleName(),
            size(),
            maxSize,
            unfinished,
            getters.pending(),
            putters.pending(),
            shutDown ? ", shut down" : "");
  }

  private static Waiter line(WaiterQueue queue, @Nullable Waiter former, String operation) {
    return former == null ? queue.join(operation) : queue.rejoin(former, operation);
  }

  private void finish(long count) {
    unfinished -= count;
    if (unfinished == 0) {
      joiners.wakeAll();
    }
  }
}
