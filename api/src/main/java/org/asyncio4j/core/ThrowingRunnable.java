package org.asyncio4j.core;

import org.jspecify.annotations.Nullable;

/**
 * A body of code without a result that may throw a checked exception: a coroutine function that
 * returns nothing.
 *
 * @param <X> the type of the exception that the body declares to throw; inferred from a lambda,
 *     {@link RuntimeException} when it declares nothing
 */
@FunctionalInterface
public interface ThrowingRunnable<X extends Exception> {

  /**
   * Runs the body.
   *
   * @throws X if the body throws it
   */
  void run() throws X;

  /**
   * Returns this body as one whose result is {@code null}, for methods that require a result.
   *
   * @return a callable that runs this body
   */
  default ThrowingCallable<@Nullable Void, X> returningNull() {
    return () -> {
      run();
      return null;
    };
  }
}
