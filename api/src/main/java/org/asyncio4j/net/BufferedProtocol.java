package org.asyncio4j.net;

import java.nio.ByteBuffer;

/**
 * A protocol that provides the buffer to read into, which saves a copy: {@code
 * asyncio.BufferedProtocol}.
 */
public non-sealed interface BufferedProtocol extends StreamProtocol {

  /**
   * Called when data can be read.
   *
   * @param sizeHint the number of bytes that would be useful, or -1 if unknown
   * @return a writable buffer with room between position and limit, whose memory is not freed
   *     before {@link #bufferUpdated} is called, and belongs to all threads; otherwise the
   *     connection is lost with an error. The loop reads at its position and leaves position and
   *     limit unchanged
   */
  ByteBuffer getBuffer(int sizeHint);

  /**
   * Called when data was read into the buffer of the last {@link #getBuffer}.
   *
   * @param byteCount the number of bytes that were written from the buffer's position on, at least
   *     one
   */
  void bufferUpdated(int byteCount);
}
