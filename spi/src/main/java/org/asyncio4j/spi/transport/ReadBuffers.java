package org.asyncio4j.spi.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The buffer into which all transports of a loop read, one after the other. It is lent for one read
 * and the callback that looks at the data. A callback that parks keeps it, and who reads meanwhile
 * gets another one.
 */
final class ReadBuffers {

  /**
   * How much one read takes at most: enough to halve the calls of bulk transfers, and fair to the
   * others.
   */
  static final int BYTES = 256 * 1024;

  // The copy out of the kernel is two to three times as fast on a cache line's border.
  private static final int ALIGNMENT_BYTES = 64;

  // There may be as many of these as there are parked callbacks, hence small and on the heap.
  private static final int SPARE_BYTES = 32 * 1024;

  private final ByteBuffer shared =
      ByteBuffer.allocateDirect(BYTES + ALIGNMENT_BYTES)
          .alignedSlice(ALIGNMENT_BYTES)
          .slice(0, BYTES);

  // Of the loop's thread.
  private boolean lent;

  /** {@return an empty buffer, big-endian as any other} */
  ByteBuffer lend() {
    return lend(SPARE_BYTES);
  }

  /**
   * Lends a buffer.
   *
   * @param leastBytes how much room is needed; of a datagram the rest would be lost
   * @return an empty buffer, big-endian as any other
   */
  ByteBuffer lend(int leastBytes) {
    if (lent) {
      return ByteBuffer.allocate(leastBytes);
    }
    lent = true;
    // The last borrower may have left it in any state.
    return shared.clear().order(ByteOrder.BIG_ENDIAN);
  }

  /**
   * Takes a buffer back.
   *
   * @param buffer what {@link #lend} lent
   */
  void giveBack(ByteBuffer buffer) {
    if (buffer == shared) {
      lent = false;
    }
  }
}
