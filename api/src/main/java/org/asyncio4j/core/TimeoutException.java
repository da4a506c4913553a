package org.asyncio4j.core;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when something is not done within its time limit: a block, a future, a name lookup, a TLS
 * handshake (asyncio, {@code TimeoutError}).
 *
 * <p>It is an {@link IOException}, as Python's {@code TimeoutError} is an {@code OSError}: a limit
 * over I/O is the normal case, and a method that declares {@code throws IOException} can then set
 * one. A handler for {@code IOException} therefore handles limits, too; to treat them differently,
 * catch this class first. A limit is never swallowed by code that runs under it: in the block the
 * limit is a {@link CancelledError}, and it becomes this exception where the block ends.
 *
 * <p>It is not related to {@link java.util.concurrent.TimeoutException}, which the blocking calls
 * of {@code java.util.concurrent} throw.
 */
public class TimeoutException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was not done, and within which limit
   */
  public TimeoutException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message what was not done, and within which limit
   * @param cause what ended when the time was up, or {@code null} for nothing
   */
  public TimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
