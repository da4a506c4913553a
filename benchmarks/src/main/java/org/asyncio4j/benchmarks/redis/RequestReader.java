package org.asyncio4j.benchmarks.redis;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads requests in RESP 2 from a source that waits for missing bytes. */
final class RequestReader {

  private final Lines lines;
  private final Counted counted;

  RequestReader(Lines lines, Counted counted) {
    this.lines = lines;
    this.counted = counted;
  }

  /** Reads lines. */
  @FunctionalInterface
  interface Lines {

    /** Reads a line with its newline; an empty array at the end. */
    byte[] readLine() throws IOException;
  }

  /** Reads counted bytes. */
  @FunctionalInterface
  interface Counted {

    /** Reads exactly {@code count} bytes. */
    byte[] readExactly(int count) throws IOException;
  }

  /**
   * Reads the next request.
   *
   * @return the name of the command and its arguments; {@code null} at the end
   */
  byte @Nullable [][] next() throws IOException {
    byte[] first = lines.readLine();
    if (first.length == 0) {
      return null;
    }
    byte[][] request = new byte[Header.PARTS.parse(first, 0, first.length)][];
    for (int i = 0; i < request.length; i++) {
      byte[] line = lines.readLine();
      int length = Header.BYTES.parse(line, 0, line.length);
      request[i] = Arrays.copyOf(counted.readExactly(length + 2), length);
    }
    return request;
  }
}
