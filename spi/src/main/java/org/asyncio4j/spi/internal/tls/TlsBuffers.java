package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The buffers of a loop's TLS connections. A connection has one only while it encrypts or decrypts,
 * or a callback that it has called is parked; so a loop needs a few, however many connections are
 * idle. On the heap, where the ciphers of the JDK are fastest. Belongs to the loop's thread.
 */
public final class TlsBuffers {

  /** Room for two records of the largest size, so that two leave by one system call. */
  static final int BYTES = 36 * 1024;

  private static final int KEPT = 16;

  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

  /** Creates a pool that has no buffer yet. */
  public TlsBuffers() {}

  /**
   * Lends a buffer.
   *
   * @param least how much room is needed
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
   * @param buffer what {@link #take} lent; nobody uses it any more
   */
  void giveBack(ByteBuffer buffer) {
    if (buffer.capacity() == BYTES && free.size() < KEPT) {
      free.addLast(buffer.clear());
    }
  }

  /** {@return how many buffers wait to be used again} */
  int idle() {
    return free.size();
  }
}
