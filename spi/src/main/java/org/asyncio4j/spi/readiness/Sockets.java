package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.ProtocolFamily;

/** Opens the sockets of a driver. */
public interface Sockets {

  /**
   * Opens a stream socket that is neither bound nor connected.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or, if the driver has
   *     {@link org.asyncio4j.spi.Capability#UNIX_STREAM}, {@code UNIX}
   * @return a non-blocking socket
   * @throws IOException if the system refuses
   */
  StreamSocket openStream(ProtocolFamily family) throws IOException;

  /**
   * Opens a listening socket that is not bound yet. It reuses neither addresses nor ports unless
   * its options are set.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or, if the driver has
   *     {@link org.asyncio4j.spi.Capability#UNIX_STREAM}, {@code UNIX}
   * @return a non-blocking socket
   * @throws IOException if the system refuses
   */
  ListenerSocket openListener(ProtocolFamily family) throws IOException;

  /**
   * Opens a UDP socket that is neither bound nor connected. A driver whose provider does not
   * declare {@link org.asyncio4j.spi.Capability#UDP} need not do that.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET} or {@code INET6}
   * @return a non-blocking socket
   * @throws IOException if the system refuses
   * @throws UnsupportedOperationException if the driver has no such sockets
   */
  default UdpSocket openUdp(ProtocolFamily family) throws IOException {
    throw new UnsupportedOperationException(
        "openUdp needs a driver with the capability UDP but %s has it not; use another loop"
            .formatted(getClass().getName()));
  }
}
