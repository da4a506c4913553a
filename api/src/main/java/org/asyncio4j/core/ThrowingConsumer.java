package org.asyncio4j.core;

import org.jspecify.annotations.Nullable;

/**
 * A body of code that takes an argument, has no result and may throw a checked exception.
 *
 * @param <A> the type of the argument
 * @param <X> the type of the exception that the body declares to throw; inferred from a lambda,
 *     {@link RuntimeException} when it declares nothing
 */
@FunctionalInterface
public interface ThrowingConsumer<A extends @Nullable Object, X extends Exception> {

  /**
   * Runs the body.
   *
   * @param argument the argument
   * @throws X if the body throws it
   */
  void accept(A argument) throws X;
}
