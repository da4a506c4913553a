package org.asyncio4j.stream;

import java.io.IOException;

/**
 * Thrown when there is no separator within the limit: {@code LimitOverrunError}. The bytes that
 * have arrived can still be read in another way.
 */
public final class LimitOverrunException extends IOException {

  private static final long serialVersionUID = 1L;

  /** The number of bytes that were searched. */
  private final int consumed;

  private LimitOverrunException(String message, int consumed) {
    super(message);
    this.consumed = consumed;
  }

  /**
   * Returns the exception for a separator that has not arrived; used by readers.
   *
   * @param consumed the number of bytes in which no separator begins
   * @param limit the limit, in bytes
   * @return the exception
   */
  public static LimitOverrunException notFound(int consumed, int limit) {
    return new LimitOverrunException(
        "cannot read up to the separator: it is not in the first %d bytes, and the limit is %d; read them in another way, or raise limitBytes"
            .formatted(consumed, limit),
        consumed);
  }

  /**
   * Returns the exception for a separator that begins beyond the limit; used by readers.
   *
   * @param consumed the number of bytes before the separator
   * @param limit the limit, in bytes
   * @return the exception
   */
  public static LimitOverrunException foundLate(int consumed, int limit) {
    return new LimitOverrunException(
        "cannot read up to the separator: it comes after %d bytes, and the limit is %d; read them in another way, or raise limitBytes"
            .formatted(consumed, limit),
        consumed);
  }

  /** {@return the number of bytes in which no separator begins} */
  public int consumed() {
    return consumed;
  }
}
