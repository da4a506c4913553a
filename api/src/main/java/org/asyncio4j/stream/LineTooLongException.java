package org.asyncio4j.stream;

import java.io.IOException;

/**
 * A line was longer than the limit, and what had arrived of it was dropped: the {@code ValueError}
 * of asyncio's {@code readline}.
 */
public final class LineTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception, for readers.
   *
   * @param limit the limit, in bytes
   * @param dropped how many bytes of the line were dropped
   * @param cause where the separator was searched for
   */
  public LineTooLongException(int limit, int dropped, LimitOverrunException cause) {
    super(
        "line must have %d bytes at most but had more, of which %d were dropped; raise limitBytes, or use readUntil to keep them"
            .formatted(limit, dropped),
        cause);
  }
}
