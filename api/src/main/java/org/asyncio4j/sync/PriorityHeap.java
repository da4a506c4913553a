package org.asyncio4j.sync;

import java.util.AbstractQueue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heap that calls its comparator first and moves items afterwards: if the comparator throws an
 * exception, all items stay in place. {@link java.util.PriorityQueue} calls it in between, and
 * loses an item in that case.
 *
 * @param <T> the type of the items
 */
final class PriorityHeap<T> extends AbstractQueue<T> {

  private static final int INITIAL_CAPACITY = 16;

  private final Comparator<? super T> order;
  private @Nullable Object[] items = new @Nullable Object[INITIAL_CAPACITY];
  private int size;
  private int changes;

  PriorityHeap(Comparator<? super T> order) {
    this.order = order;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean offer(T item) {
    int before = changes;
    int place = placeOfNew(item);
    ensureUnchanged(before);
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    int hole = size++;
    while (hole > place) {
      items[hole] = items[parent(hole)];
      hole = parent(hole);
    }
    items[place] = item;
    changes++;
    return true;
  }

  @Override
  public @Nullable T peek() {
    return size == 0 ? null : at(0);
  }

  @Override
  public @Nullable T poll() {
    if (size == 0) {
      return null;
    }
    int before = changes;
    int place = placeOfLast();
    ensureUnchanged(before);
    T first = at(0);
    Object moved = items[--size];
    items[size] = null;
    for (int at = place; at > 0; at = parent(at)) {
      Object up = items[at];
      items[at] = moved;
      moved = up;
    }
    if (size > 0) {
      items[0] = moved;
    }
    changes++;
    return first;
  }

  @Override
  public void clear() {
    Arrays.fill(items, 0, size, null);
    size = 0;
    changes++;
  }

  /** {@return the items, in no order} */
  @Override
  @SuppressWarnings("unchecked") // only a T is ever stored
  public Iterator<T> iterator() {
    return (Iterator<T>) List.of(Arrays.copyOf(items, size)).iterator();
  }

  /** Returns the position of a new item, on the path from the end to the root. */
  private int placeOfNew(T item) {
    int place = size;
    while (place > 0 && order.compare(item, at(parent(place))) < 0) {
      place = parent(place);
    }
    return place;
  }

  /**
   * Returns the position of the last item after the first is removed, on the path of the smaller
   * children.
   */
  private int placeOfLast() {
    int left = size - 1;
    T last = at(left);
    int place = 0;
    while (2 * place + 1 < left) {
      int child = 2 * place + 1;
      if (child + 1 < left && order.compare(at(child + 1), at(child)) < 0) {
        child++;
      }
      if (order.compare(last, at(child)) <= 0) {
        break;
      }
      place = child;
    }
    return place;
  }

  private void ensureUnchanged(int before) {
    if (changes != before) {
      throw new ConcurrentModificationException(
          "cannot order the items of a queue: comparing them has changed the queue; compare items"
              + " without using it");
    }
  }

  private static int parent(int index) {
    return (index - 1) >>> 1;
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // only a T is ever stored, and each index below size has one
  private T at(int index) {
    return (T) items[index];
  }
}
