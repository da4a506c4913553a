package org.asyncio4j.spi.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The buffer into which all transports of a loop read, one after the other. It is lent for one read
 * and the callback that receives the data. A callback that parks keeps the buffer, and reads in the
 * meantime use another one.
 */
final class ReadBuffers {

  /**
   * The maximum size of one read: enough to halve the calls of bulk transfers, and fair to other
   * connections.
   */
  static final int BYTES = 256 * 1024;

  // Copying from the kernel is two to three times as fast if the buffer is aligned to a cache line.
  private static final int ALIGNMENT_BYTES = 64;

  // Each parked callback may hold one of these, so they are small and on the heap.
  private static final int SPARE_BYTES = 32 * 1024;

  private final ByteBuffer shared =
      ByteBuffer.allocateDirect(BYTES + ALIGNMENT_BYTES)
          .alignedSlice(ALIGNMENT_BYTES)
          .slice(0, BYTES);

  // Confined to the loop's thread.
  private boolean lent;

  /** {@return an empty big-endian buffer} */
  ByteBuffer lend() {
    return lend(SPARE_BYTES);
  }

  /**
   * Lends a buffer.
   *
   * @param leastBytes the room that is needed; the rest of a longer datagram would be lost
   * @return an empty big-endian buffer
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
   * @param buffer a buffer from {@link #lend}
   */
  void giveBack(ByteBuffer buffer) {
    if (buffer == shared) {
      lent = false;
    }
  }
}
