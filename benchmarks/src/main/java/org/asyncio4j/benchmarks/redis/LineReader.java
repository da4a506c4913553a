package org.asyncio4j.benchmarks.redis;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads lines and counted bytes from a buffered stream. */
final class LineReader {

  private final InputStream in;
  private final byte[] line = new byte[Header.MAX_LINE];

  LineReader(InputStream in) {
    this.in = in;
  }

  /** Reads a line with its newline; at the end, returns the rest without a newline. */
  byte[] readLine() throws IOException {
    int length = 0;
    int next;
    do {
      next = in.read();
      if (next >= 0) {
        line[length++] = (byte) next;
      }
    } while (next >= 0 && next != '\n' && length < line.length);
    return Arrays.copyOf(line, length);
  }

  byte[] readExactly(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("cannot read %d bytes: the client has ended".formatted(count));
    }
    return bytes;
  }
}
