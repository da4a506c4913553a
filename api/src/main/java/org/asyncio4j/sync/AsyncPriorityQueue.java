package org.asyncio4j.sync;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A queue that returns the smallest item first (asyncio, {@code PriorityQueue}). The order of equal
 * items is undefined.
 *
 * <p>If a comparison throws an exception, the method that puts or gets throws it, and the queue has
 * the same items as before. A comparison that changes the queue gets a {@link
 * java.util.ConcurrentModificationException}.
 *
 * @param <T> the type of the items
 */
public final class AsyncPriorityQueue<T> extends AsyncQueue<T> {

  /**
   * Creates a queue that is never full.
   *
   * @param order the order of the items
   */
  public AsyncPriorityQueue(Comparator<? super T> order) {
    this(order, 0);
  }

  /**
   * Creates a queue.
   *
   * @param order the order of the items
   * @param maxSize the capacity; unlimited if it is zero or less
   */
  public AsyncPriorityQueue(Comparator<? super T> order, int maxSize) {
    super(new PriorityHeap<>(requireNonNull(order, "order")), maxSize);
  }

  /**
   * Creates a queue of items in their natural order.
   *
   * @param maxSize the capacity; unlimited if it is zero or less
   * @param <T> the type of the items
   * @return the queue
   */
  public static <T extends Comparable<? super T>> AsyncPriorityQueue<T> ofNaturalOrder(
      int maxSize) {
    return new AsyncPriorityQueue<>(Comparator.naturalOrder(), maxSize);
  }
}
