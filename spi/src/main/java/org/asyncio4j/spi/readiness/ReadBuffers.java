package org.asyncio4j.spi.readiness;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The buffer into which all transports of a loop read, one after the other. It is lent for one read and the callback
 * that looks at the data. A callback that parks keeps it, and who reads meanwhile gets another one.
 */
final class ReadBuffers {

  /** How much one read takes at most: enough to halve the calls of bulk transfers, and fair to the others. */
  static final int BYTES = 256 * 1024;

  // The copy out of the kernel is two to three times as fast on a cache line's border.
  private static final int ALIGNMENT_BYTES = 64;

  // The buffer that is not lent, if any.
  private @Nullable ByteBuffer idle = allocate();

  /** {@return an empty buffer, big-endian as any other} */
  ByteBuffer lend() {
    ByteBuffer buffer = idle;
    if (buffer == null) {
      return allocate();
    }
    idle = null;
    // The last borrower may have left it in any state.
    return buffer.clear().order(ByteOrder.BIG_ENDIAN);
  }

  /**
   * Takes a buffer back.
   *
   * @param buffer what {@link #lend} lent
   */
  void giveBack(ByteBuffer buffer) {
    idle = buffer;
  }

  private static ByteBuffer allocate() {
    return ByteBuffer.allocateDirect(BYTES + ALIGNMENT_BYTES).alignedSlice(ALIGNMENT_BYTES).slice(0, BYTES);
  }
}
