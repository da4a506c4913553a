package org.asyncio4j.core;

import org.jspecify.annotations.Nullable;

/**
 * Raised at the point where a cancelled task waits, and by a cancelled future when its result is
 * requested.
 *
 * <p>It is an {@link Error} for the same reason that Python's {@code CancelledError} extends {@code
 * BaseException} (asyncio, 3.8): {@code catch (Exception e)} must not swallow a cancellation. To
 * clean up, use {@code finally}; code that catches this error must rethrow it or call {@link
 * Task#uncancel()}.
 */
public final class CancelledError extends Error {

  private static final long serialVersionUID = 1L;

  /** Creates an error without a message. */
  public CancelledError() {
    this(null);
  }

  /**
   * Creates an error with the message that was given to {@code cancel}.
   *
   * @param message the message, or {@code null} for none
   */
  public CancelledError(@Nullable String message) {
    super(message);
  }

  /**
   * Creates an error with the message that was given to {@code cancel} and the error that caused
   * it.
   *
   * @param message the message, or {@code null} for none
   * @param cause the exception that ended the awaited future, or {@code null} for none
   */
  public CancelledError(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
