package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The array with which the transports of a loop write several buffers in one system call; all
 * transports share it.
 */
final class GatherArray {

  /** The maximum number of buffers in one system call (Linux, macOS: {@code IOV_MAX}). */
  static final int MAX_BUFFERS = 1024;

  /**
   * The number of bytes to stop at: about what a system takes at once. Drivers copy heap buffers
   * before they write them, so bytes that the system does not take would be copied in vain.
   */
  static final int ENOUGH_BYTES = 1024 * 1024;

  private final ByteBuffer[] buffers = new ByteBuffer[MAX_BUFFERS];
  private boolean tookAll;

  /**
   * Writes the bytes that the system takes from the first buffers, from at least one that has bytes
   * left.
   *
   * @param backend writes the bytes
   * @param sources the buffers, each only once; their positions advance by the bytes taken
   * @return the number of bytes that the system took
   * @throws IOException if the connection was lost
   */
  long write(StreamBackend backend, Iterable<ByteBuffer> sources) throws IOException {
    int count = 0;
    long bytes = 0;
    tookAll = false;
    try {
      for (ByteBuffer source : sources) {
        if (count == MAX_BUFFERS || bytes >= ENOUGH_BYTES) {
          break;
        }
        if (source.hasRemaining()) {
          buffers[count++] = source;
          bytes += source.remaining();
        }
      }
      long taken = backend.write(buffers, count);
      tookAll = taken == bytes;
      return taken;
    } finally {
      Arrays.fill(buffers, 0, count, null); // the array must not keep the buffers reachable
    }
  }

  /**
   * {@return whether the system took everything that the last {@link #write} offered, so that it
   * might take more}
   */
  boolean tookAll() {
    return tookAll;
  }
}
