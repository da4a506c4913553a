package org.asyncio4j.core;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A body of code with a result that may throw a checked exception: a coroutine function.
 *
 * @param <T> the type of the result
 * @param <X> the type of the exception that the body declares to throw; inferred from a lambda,
 *     {@link RuntimeException} when it declares nothing
 */
@FunctionalInterface
public interface ThrowingCallable<T extends @Nullable Object, X extends Exception>
    extends Callable<T> {

  /**
   * Runs the body.
   *
   * @return its result
   * @throws X if the body throws it
   */
  @Override
  T call() throws X;
}
