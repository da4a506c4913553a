package org.asyncio4j.internal.identity;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Internal; not for use outside asyncio4j. A set of futures or tasks in the order in which they
 * were added. Elements that are equal by {@code equals} stay distinct, and no method of an element
 * is called, because third parties implement them.
 *
 * @param <E> the type of the elements
 */
public final class IdentitySet<E> extends AbstractSet<E> {

  private final Map<Identity<Object>, E> elements = new LinkedHashMap<>();

  /** Creates an empty set. */
  public IdentitySet() {}

  /**
   * Creates a set.
   *
   * @param elements its initial elements
   */
  public IdentitySet(Iterable<? extends E> elements) {
    for (E element : elements) {
      boolean ignored = add(element);
    }
  }

  @Override
  public boolean add(E element) {
    return elements.putIfAbsent(new Identity<>(element), element) == null;
  }

  @Override
  public boolean contains(Object object) {
    return elements.containsKey(new Identity<>(object));
  }

  @Override
  public boolean remove(Object object) {
    return elements.remove(new Identity<>(object)) != null;
  }

  @Override
  public Iterator<E> iterator() {
    return elements.values().iterator();
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public void clear() {
    elements.clear();
  }
}
