package org.asyncio4j.core;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when something is not done within its time limit: a block, a future, a name lookup, a TLS
 * handshake (asyncio, {@code TimeoutError}).
 *
 * <p>It is an {@link IOException}, as Python's {@code TimeoutError} is an {@code OSError}: limits
 * mostly apply to I/O, and a method that declares {@code throws IOException} can thus set one. A
 * handler for {@code IOException} therefore also handles timeouts; to treat them differently, catch
 * this class first. The handlers inside a limited block cannot swallow its timeout: within the
 * block it is a {@link CancelledError}, which becomes this exception where the block ends.
 *
 * <p>It is not related to {@link java.util.concurrent.TimeoutException}, which the blocking calls
 * of {@code java.util.concurrent} throw.
 */
public class TimeoutException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the operation that was not done in time, and the limit
   */
  public TimeoutException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the operation that was not done in time, and the limit
   * @param cause the exception that ended the operation when the time was up, or {@code null} for
   *     none
   */
  public TimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
