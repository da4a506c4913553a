package org.asyncio4j.tck.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/** Bytes each of which shows its position, so that no copy is needed for the comparison. */
final class Pattern {

  private static final int PERIOD = 251 * 241;

  private Pattern() {}

  /** The bytes from a place on. */
  static ByteBuffer piece(long start, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    for (int offset = 0; offset < count; offset++) {
      bytes.put(byteAt(start + offset));
    }
    return bytes.flip();
  }

  static void expect(long start, byte[] bytes) {
    for (int offset = 0; offset < bytes.length; offset++) {
      if (bytes[offset] != byteAt(start + offset)) {
        assertThat(bytes[offset]).as("byte %d", start + offset).isEqualTo(byteAt(start + offset));
      }
    }
  }

  // The periods are prime to each other and to each size of a buffer.
  private static byte byteAt(long place) {
    int within = (int) (place % PERIOD);
    return (byte) (within % 251 + 3 * (within / 251) + 5 * (place / PERIOD));
  }
}
