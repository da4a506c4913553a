package org.asyncio4j.stream;

import java.io.IOException;

/**
 * Thrown when a line is longer than the limit; the part of it that has arrived is dropped: the
 * {@code ValueError} of asyncio's {@code readline}.
 */
public final class LineTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception; used by readers.
   *
   * @param limit the limit, in bytes
   * @param dropped the number of bytes of the line that were dropped
   * @param cause the exception of the search for the separator
   */
  public LineTooLongException(int limit, int dropped, LimitOverrunException cause) {
    super(
        "cannot read a line: it is longer than %d bytes, and %d bytes were dropped; raise limitBytes, or use readUntil to keep them"
            .formatted(limit, dropped),
        cause);
  }
}
