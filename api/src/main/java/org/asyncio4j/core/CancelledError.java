package org.asyncio4j.core;

import org.jspecify.annotations.Nullable;

/**
 * Raised at the point where a cancelled task waits, and by a cancelled future that is asked for its
 * result.
 *
 * <p>It is an {@link Error} for the reason that made Python derive its {@code CancelledError} from
 * {@code BaseException} (asyncio, 3.8): {@code catch (Exception e)} must not swallow a
 * cancellation. Code that has to clean up uses {@code finally}; code that catches this error
 * rethrows it, or calls {@link Task#uncancel()}.
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
   * Creates an error with the message that was given to {@code cancel} and the error that it stems
   * from.
   *
   * @param message the message, or {@code null} for none
   * @param cause what ended the future that was waited for, or {@code null} for none
   */
  public CancelledError(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
