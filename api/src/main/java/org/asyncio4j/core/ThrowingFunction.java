package org.asyncio4j.core;

import org.jspecify.annotations.Nullable;

/**
 * A body of code that takes an argument, has a result and may throw a checked exception.
 *
 * @param <A> the type of the argument
 * @param <T> the type of the result
 * @param <X> the type of the exception that the body declares to throw; inferred from a lambda,
 *     {@link RuntimeException} when it declares nothing
 */
@FunctionalInterface
public interface ThrowingFunction<
    A extends @Nullable Object, T extends @Nullable Object, X extends Exception> {

  /**
   * Runs the body.
   *
   * @param argument the argument
   * @return its result
   * @throws X if the body throws it
   */
  T apply(A argument) throws X;
}
