package org.asyncio4j.stream;

/**
 * How streams behave: the keyword arguments of {@code asyncio.open_connection} that are not about
 * connecting.
 *
 * @param limitBytes how long a line or other chunk may be, without its separator. A connection that
 *     has more than twice as much unread is not read from until no more than this is left
 */
public record StreamOptions(int limitBytes) {

  private static final StreamOptions DEFAULTS = new StreamOptions(64 * 1024);

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the limit is not positive
   */
  public StreamOptions {
    if (limitBytes < 1) {
      throw new IllegalArgumentException("limitBytes must be at least 1 but was " + limitBytes);
    }
  }

  /** {@return a limit of 64 KiB} */
  public static StreamOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns these options with another limit.
   *
   * @param limitBytes how long a line or other chunk may be
   * @return the options
   * @throws IllegalArgumentException if it is not positive
   */
  public StreamOptions withLimitBytes(int limitBytes) {
    return new StreamOptions(limitBytes);
  }
}
