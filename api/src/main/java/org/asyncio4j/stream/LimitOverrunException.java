package org.asyncio4j.stream;

import java.io.IOException;

/**
 * There is no separator within the limit: {@code LimitOverrunError}. What has arrived is still
 * there, to be read in another way.
 */
public final class LimitOverrunException extends IOException {

  private static final long serialVersionUID = 1L;

  /** How many bytes were looked at. */
  private final int consumed;

  private LimitOverrunException(String message, int consumed) {
    super(message);
    this.consumed = consumed;
  }

  /**
   * Returns the exception for a separator that has not arrived, for readers.
   *
   * @param consumed in how many bytes no separator begins
   * @param limit the limit, in bytes
   * @return the exception
   */
  public static LimitOverrunException notFound(int consumed, int limit) {
    return new LimitOverrunException(
        "separator must come within %d bytes but was not found in %d; read them in another way, or raise limitBytes"
            .formatted(limit, consumed),
        consumed);
  }

  /**
   * Returns the exception for a separator that begins beyond the limit, for readers.
   *
   * @param consumed how many bytes come before the separator
   * @param limit the limit, in bytes
   * @return the exception
   */
  public static LimitOverrunException foundLate(int consumed, int limit) {
    return new LimitOverrunException(
        "separator must come within %d bytes but was found after %d; read them in another way, or raise limitBytes"
            .formatted(limit, consumed),
        consumed);
  }

  /** {@return how many bytes there are in which no separator begins} */
  public int consumed() {
    return consumed;
  }
}
