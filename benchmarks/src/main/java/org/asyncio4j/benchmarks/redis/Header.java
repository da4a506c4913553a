package org.asyncio4j.benchmarks.redis;

import java.net.ProtocolException;

/**
 * The line before a request or a part of it: a type and a number.
 *
 * @param type the type
 * @param max the largest number that is accepted
 */
record Header(char type, int max) {

  /** The number of the parts of a request. */
  static final Header PARTS = new Header('*', 1024 * 1024);

  /** The number of the bytes of a part. */
  static final Header BYTES = new Header('$', 512 * 1024 * 1024);

  /** The largest number of bytes of a header. */
  static final int MAX_LINE = 64;

  /**
   * Parses a line, for instance {@code $12\r\n}.
   *
   * @param from the index of its first byte
   * @param to the index of the byte behind the newline that ends it
   */
  int parse(byte[] bytes, int from, int to) throws ProtocolException {
    if (from == to || bytes[from] != type) {
      String got = from == to ? "the end" : "'%c'".formatted((char) bytes[from]);
      throw new ProtocolException("Protocol error: expected '%c', got %s".formatted(type, got));
    }
    long number = 0;
    int at = from + 1;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && number <= max) {
      number = 10 * number + bytes[at] - '0';
      at++;
    }
    if (at == from + 1 || at != to - 2 || bytes[at] != '\r' || number > max) {
      throw new ProtocolException("Protocol error: invalid length after '%c'".formatted(type));
    }
    return (int) number;
  }
}
