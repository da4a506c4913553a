package org.asyncio4j.net;

/**
 * The limits at which a transport's protocol is notified to pause and to resume writing.
 *
 * @param lowBytes resume when this number of bytes or fewer are buffered
 * @param highBytes pause when more than this number of bytes are buffered; 0 pauses whenever bytes
 *     are buffered
 */
public record WriteBufferLimits(long lowBytes, long highBytes) {

  private static final long DEFAULT_HIGH = 64 * 1024;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException unless {@code highBytes >= lowBytes >= 0}
   */
  public WriteBufferLimits {
    if (lowBytes < 0 || highBytes < lowBytes) {
      throw new IllegalArgumentException(
          "limits must satisfy highBytes >= lowBytes >= 0: lowBytes %d, highBytes %d"
              .formatted(lowBytes, highBytes));
    }
  }

  /** {@return 16 KiB and 64 KiB} */
  public static WriteBufferLimits defaults() {
    return ofHigh(DEFAULT_HIGH);
  }

  /**
   * Returns limits with the given high-water mark, and a quarter of it as the low-water mark.
   *
   * @param highBytes the high-water mark
   * @return the limits
   * @throws IllegalArgumentException if it is negative
   */
  public static WriteBufferLimits ofHigh(long highBytes) {
    return new WriteBufferLimits(highBytes / 4, highBytes);
  }
}
