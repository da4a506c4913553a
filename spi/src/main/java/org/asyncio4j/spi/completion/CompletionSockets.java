package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;

/** Opens the sockets of a driver. */
public interface CompletionSockets {

  /**
   * Opens a stream socket that is neither bound nor connected.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or, if the driver has
   *     {@link org.asyncio4j.spi.Capability#UNIX_STREAM}, {@code UNIX}
   * @return the socket
   * @throws IOException if the system refuses
   */
  CompletionSocket openStream(ProtocolFamily family) throws IOException;

  /**
   * Opens a listening socket that is not bound yet. It reuses neither addresses nor ports unless
   * its options are set.
   *
   * @param family as for {@link #openStream}
   * @return the socket
   * @throws IOException if the system refuses
   */
  CompletionListener openListener(ProtocolFamily family) throws IOException;

  /**
   * Allocates memory that operations read into and write from. It is used until the loop is closed,
   * and an application never keeps it.
   *
   * @param bytes the number of bytes
   * @return a buffer of that capacity, whose memory cannot be freed while it is used
   * @implSpec allocates by {@link ByteBuffer#allocateDirect}
   */
  default ByteBuffer allocateBuffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }
}
