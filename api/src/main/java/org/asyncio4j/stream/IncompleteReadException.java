package org.asyncio4j.stream;

import java.io.EOFException;
import java.util.OptionalInt;

/**
 * Thrown when the stream ends before a read has all the bytes that it needs: {@code
 * IncompleteReadError}.
 */
public final class IncompleteReadException extends EOFException {

  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN = -1;

  /** The bytes before the end. */
  private final byte[] partial;

  /** The number of bytes that were requested; negative if unknown. */
  private final int expected;

  private IncompleteReadException(String message, byte[] partial, int expected) {
    super(message);
    this.partial = partial;
    this.expected = expected;
  }

  /**
   * Returns the exception for a read of a number of bytes; used by readers.
   *
   * @param partial the bytes before the end, fewer than requested
   * @param expected the number of bytes that were requested
   * @return the exception
   */
  public static IncompleteReadException ofCount(byte[] partial, int expected) {
    return new IncompleteReadException(
        "cannot read %d bytes: the stream has ended after %d; partial() returns them"
            .formatted(expected, partial.length),
        partial.clone(),
        expected);
  }

  /**
   * Returns the exception for a read up to a separator; used by readers.
   *
   * @param partial the bytes before the end, which contain no separator
   * @return the exception
   */
  public static IncompleteReadException ofSeparator(byte[] partial) {
    return new IncompleteReadException(
        "cannot read up to a separator: the stream has ended after %d bytes; partial() returns them"
            .formatted(partial.length),
        partial.clone(),
        UNKNOWN);
  }

  /** {@return the bytes before the end; no other read returns them} */
  public byte[] partial() {
    return partial.clone();
  }

  /** {@return the number of bytes that were requested; empty if the read was for a separator} */
  public OptionalInt expected() {
    return expected == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(expected);
  }
}
