package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The array through which the transports of a loop write several buffers by one system call; one is
 * enough for all.
 */
final class GatherArray {

  /** How many buffers a system call takes (Linux, macOS: {@code IOV_MAX}). */
  static final int MAX_BUFFERS = 1024;

  /**
   * After how many bytes to stop: about what a system takes at once. Drivers copy buffers of the
   * heap before they write them, and what is then not taken was copied in vain.
   */
  static final int ENOUGH_BYTES = 1024 * 1024;

  private final ByteBuffer[] buffers = new ByteBuffer[MAX_BUFFERS];
  private boolean tookAll;

  /**
   * Writes what the system takes of the first buffers, at least one of them that has bytes left.
   *
   * @param backend where to write
   * @param sources the buffers, no one twice; their positions move by what was taken
   * @return how many bytes the system took
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
      Arrays.fill(buffers, 0, count, null); // the buffers are not ours to keep
    }
  }

  /**
   * {@return whether the system took all that the last {@link #write} tried, and so might take
   * more}
   */
  boolean tookAll() {
    return tookAll;
  }
}
