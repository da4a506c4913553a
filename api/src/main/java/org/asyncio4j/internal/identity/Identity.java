package org.asyncio4j.internal.identity;

/**
 * Internal; not for use outside asyncio4j. A key that is equal only to another key of the same
 * object, regardless of that object's {@code equals} and {@code hashCode}.
 *
 * @param object the object
 * @param <E> its type
 */
public record Identity<E>(E object) {

  @Override
  @SuppressWarnings("ReferenceEquality") // this class compares by identity
  public boolean equals(Object other) {
    return other instanceof Identity<?>(Object same) && same == object;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(object);
  }
}
