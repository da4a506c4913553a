package org.asyncio4j.net;

import java.nio.ByteBuffer;

/**
 * A protocol that lends the buffer that is read into, and so saves a copy: {@code
 * asyncio.BufferedProtocol}.
 */
public non-sealed interface BufferedProtocol extends StreamProtocol {

  /**
   * Called when data can be read.
   *
   * @param sizeHint how many bytes would be useful, or -1 if that is not known
   * @return a writable buffer with room between position and limit, whose memory is not freed
   *     before {@link #bufferUpdated} is called, and belongs to all threads; otherwise the
   *     connection is lost with an error. The loop reads at its position and leaves position and
   *     limit as they are
   */
  ByteBuffer getBuffer(int sizeHint);

  /**
   * Called when data was read into the buffer of the last {@link #getBuffer}.
   *
   * @param byteCount how many bytes were written from the buffer's position on, at least one
   */
  void bufferUpdated(int byteCount);
}
