package org.asyncio4j.internal.identity;

/**
 * Internal; not for use outside asyncio4j. A key that is equal only to one of the very same object,
 * whatever {@code equals} and {@code hashCode} of that object do.
 *
 * @param object the object
 * @param <E> its type
 */
public record Identity<E>(E object) {

  @Override
  @SuppressWarnings("ReferenceEquality") // identity is what this class is for
  public boolean equals(Object other) {
    return other instanceof Identity<?>(Object same) && same == object;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(object);
  }
}
