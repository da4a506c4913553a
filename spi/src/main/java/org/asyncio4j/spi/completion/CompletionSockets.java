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
   * Opens a datagram socket that is neither bound nor connected. It does not broadcast and shares
   * no port unless its options are set.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or {@code UNIX}
   * @return the socket
   * @throws IOException if the system refuses
   * @implSpec throws {@link UnsupportedOperationException}; it is called only for drivers with
   *     {@link org.asyncio4j.spi.Capability#UDP} or {@link
   *     org.asyncio4j.spi.Capability#UNIX_DATAGRAM}
   */
  default CompletionDatagramSocket openDatagram(ProtocolFamily family) throws IOException {
    throw new UnsupportedOperationException(
        "cannot open a datagram socket of %s: this driver has none; use another loop"
            .formatted(family));
  }

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
