package org.asyncio4j.spi.internal.cycle;

import java.util.Arrays;
import org.asyncio4j.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a loop: a heap with four children per node, ordered by time and then by order of
 * scheduling. Cancelling is O(1): a cancelled timer stays until it reaches the head, or until half
 * of a large heap is cancelled.
 */
public final class TimerQueue {

  private static final int CHILDREN_LOG = 2;
  private static final int COMPACT_ABOVE = 100;
  private static final int INITIAL_CAPACITY = 64;

  private @Nullable TimerCallback[] heap = new @Nullable TimerCallback[INITIAL_CAPACITY];
  private int size;
  private int cancelled;
  private long sequence;

  public TimerCallback add(
      long when, Runnable callback, @Nullable Context context, @Nullable Throwable createdAt) {
    TimerCallback timer = new TimerCallback(when, sequence++, this, callback, context, createdAt);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    siftUp(size++, timer);
    return timer;
  }

  /** Called by a timer that is in the heap and was cancelled. */
  void cancelled() {
    cancelled++;
  }

  /** Returns the number of timers, including cancelled ones that are still in the heap. */
  int size() {
    return size;
  }

  /** Returns the number of timers that will run. */
  public int pending() {
    return size - cancelled;
  }

  /** Drops cancelled timers from the head of the heap. */
  void purge() {
    if (size > COMPACT_ABOVE && cancelled > size / 2) {
      compact();
    }
    for (TimerCallback head = head(); head != null && head.isDropped(); head = head()) {
      removeHead();
      cancelled--;
    }
  }

  /** Returns the time of the earliest timer. Called only after {@link #purge}. */
  long earliest() {
    TimerCallback head = head();
    return head == null ? Long.MAX_VALUE : head.when();
  }

  /** Removes and returns the earliest timer that is due, if there is one. */
  @Nullable TimerCallback pollDue(long now) {
    TimerCallback head = head();
    if (head == null || head.when() > now) {
      return null;
    }
    if (head.isDropped()) {
      cancelled--;
    }
    return removeHead();
  }

  void clear() {
    Arrays.fill(heap, 0, size, null);
    size = 0;
    cancelled = 0;
  }

  private @Nullable TimerCallback head() {
    return size == 0 ? null : heap[0];
  }

  private TimerCallback removeHead() {
    TimerCallback head = at(0);
    TimerCallback last = at(--size);
    heap[size] = null;
    if (size > 0) {
      siftDown(0, last);
    }
    head.leftQueue();
    return head;
  }

  private void compact() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      TimerCallback timer = at(i);
      if (timer.isDropped()) {
        timer.leftQueue();
      } else {
        heap[kept++] = timer;
      }
    }
    Arrays.fill(heap, kept, size, null);
    size = kept;
    cancelled = 0;
    for (int i = (size - 2) >> CHILDREN_LOG; i >= 0; i--) {
      siftDown(i, at(i));
    }
  }

  private void siftUp(int start, TimerCallback timer) {
    int i = start;
    while (i > 0) {
      int parent = (i - 1) >> CHILDREN_LOG;
      TimerCallback above = at(parent);
      if (!timer.isBefore(above)) {
        break;
      }
      heap[i] = above;
      i = parent;
    }
    heap[i] = timer;
  }

  private void siftDown(int start, TimerCallback timer) {
    int i = start;
    while (true) {
      int first = (i << CHILDREN_LOG) + 1;
      if (first >= size) {
        break;
      }
      int least = first;
      int end = Math.min(first + (1 << CHILDREN_LOG), size);
      for (int child = first + 1; child < end; child++) {
        if (at(child).isBefore(at(least))) {
          least = child;
        }
      }
      if (!at(least).isBefore(timer)) {
        break;
      }
      heap[i] = heap[least];
      i = least;
    }
    heap[i] = timer;
  }

  @SuppressWarnings("NullAway") // elements below size are timers
  private TimerCallback at(int index) {
    return heap[index];
  }
}
