package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The buffers of a loop's TLS connections. A connection holds one only while it encrypts or
 * decrypts, or while one of its callbacks is parked; so a loop needs only a few, regardless of the
 * number of idle connections. They are on the heap, where the JDK's ciphers are fastest. Confined
 * to the loop's thread.
 */
public final class TlsBuffers {

  /** Room for two records of the maximum size, so that one system call can send both. */
  static final int BYTES = 36 * 1024;

  private static final int KEPT = 16;

  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

  /** Creates an empty pool. */
  public TlsBuffers() {}

  /**
   * Lends a buffer.
   *
   * @param least the room that is needed
   * @return an empty buffer with at least that much room
   */
  ByteBuffer take(int least) {
    if (least > BYTES) {
      return ByteBuffer.allocate(least);
    }
    ByteBuffer buffer = free.pollLast();
    return buffer == null ? ByteBuffer.allocate(BYTES) : buffer;
  }

  /**
   * Takes a buffer back.
   *
   * @param buffer a buffer from {@link #take} that is not used any more
   */
  void giveBack(ByteBuffer buffer) {
    if (buffer.capacity() == BYTES && free.size() < KEPT) {
      free.addLast(buffer.clear());
    }
  }

  /** {@return the number of buffers that wait to be reused} */
  int idle() {
    return free.size();
  }
}
