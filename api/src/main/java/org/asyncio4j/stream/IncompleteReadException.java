package org.asyncio4j.stream;

import java.io.EOFException;
import java.util.OptionalInt;

/** The stream has ended before all was there that a read wants: {@code IncompleteReadError}. */
public final class IncompleteReadException extends EOFException {

  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN = -1;

  /** What was there before the end. */
  private final byte[] partial;

  /** How many bytes were wanted; negative if that was not known. */
  private final int expected;

  private IncompleteReadException(String message, byte[] partial, int expected) {
    super(message);
    this.partial = partial;
    this.expected = expected;
  }

  /**
   * Returns the exception of a read of a number of bytes, for readers.
   *
   * @param partial the bytes before the end, fewer than wanted
   * @param expected how many bytes were wanted
   * @return the exception
   */
  public static IncompleteReadException ofCount(byte[] partial, int expected) {
    return new IncompleteReadException(
        "stream must have %d more bytes but has ended after %d; partial() has them"
            .formatted(expected, partial.length),
        partial.clone(),
        expected);
  }

  /**
   * Returns the exception of a read up to a separator, for readers.
   *
   * @param partial the bytes before the end, which contain no separator
   * @return the exception
   */
  public static IncompleteReadException ofSeparator(byte[] partial) {
    return new IncompleteReadException(
        "stream must have a separator but has ended %d bytes later; partial() has them"
            .formatted(partial.length),
        partial.clone(),
        UNKNOWN);
  }

  /** {@return what there was before the end, which no read will see again} */
  public byte[] partial() {
    return partial.clone();
  }

  /** {@return how many bytes were wanted; nothing if it was a separator} */
  public OptionalInt expected() {
    return expected == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(expected);
  }
}
