package org.asyncio4j.sync;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A queue that gives back the smallest item first (asyncio, {@code PriorityQueue}). Which of equal
 * items comes first is not defined.
 *
 * <p>What the comparison throws is thrown by the method that puts or gets, and the queue has the
 * items that it had before. A comparison that changes the queue is refused with {@link
 * java.util.ConcurrentModificationException}.
 *
 * @param <T> the type of the items
 */
public final class AsyncPriorityQueue<T> extends AsyncQueue<T> {

  /**
   * Creates a queue that is never full.
   *
   * @param order tells which of two items is smaller
   */
  public AsyncPriorityQueue(Comparator<? super T> order) {
    this(order, 0);
  }

  /**
   * Creates a queue.
   *
   * @param order tells which of two items is smaller
   * @param maxSize how many items it takes; as many as come if it is zero or less
   */
  public AsyncPriorityQueue(Comparator<? super T> order, int maxSize) {
    super(new PriorityHeap<>(requireNonNull(order, "order")), maxSize);
  }

  /**
   * Creates a queue of items that compare themselves.
   *
   * @param maxSize how many items it takes; as many as come if it is zero or less
   * @param <T> the type of the items
   * @return the queue
   */
  public static <T extends Comparable<? super T>> AsyncPriorityQueue<T> ofNaturalOrder(
      int maxSize) {
    return new AsyncPriorityQueue<>(Comparator.naturalOrder(), maxSize);
  }
}
