package org.asyncio4j.benchmarks.redis;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds requests in RESP 2 in pieces of any size. A request that is not complete is parsed again
 * when the next piece arrives.
 */
final class RequestParser {

  private static final int INCOMPLETE = -1;

  private byte[] bytes = new byte[4 * 1024];
  private int start;
  private int end;
  private int at;

  /** Appends a piece, from position to limit. */
  void append(ByteBuffer piece) {
    int count = piece.remaining();
    if (bytes.length - end < count) {
      makeRoom(count);
    }
    piece.get(bytes, end, count);
    end += count;
  }

  private void makeRoom(int count) {
    int kept = end - start;
    byte[] roomy =
        kept + count <= bytes.length ? bytes : new byte[Math.max(kept + count, 2 * bytes.length)];
    System.arraycopy(bytes, start, roomy, 0, kept);
    bytes = roomy;
    start = 0;
    end = kept;
  }

  /**
   * Returns the next request.
   *
   * @return the name of the command and its arguments; {@code null} if no request is complete
   * @throws ProtocolException if the bytes are no request; the parser must not be used again
   */
  byte @Nullable [][] next() throws ProtocolException {
    at = start;
    int count = number(Header.PARTS);
    if (count == INCOMPLETE) {
      return null;
    }
    byte[][] request = new byte[count][];
    for (int i = 0; i < count; i++) {
      int length = number(Header.BYTES);
      if (length == INCOMPLETE || end - at < length + 2) {
        return null;
      }
      request[i] = Arrays.copyOfRange(bytes, at, at + length);
      at += length + 2;
    }
    start = at;
    if (start == end) {
      start = 0;
      end = 0;
    }
    return request;
  }

  private int number(Header header) throws ProtocolException {
    for (int i = at; i < end; i++) {
      if (bytes[i] == '\n') {
        int number = header.parse(bytes, at, i + 1);
        at = i + 1;
        return number;
      }
    }
    if (end - at > Header.MAX_LINE) {
      throw new ProtocolException("Protocol error: too big header");
    }
    return INCOMPLETE;
  }
}
