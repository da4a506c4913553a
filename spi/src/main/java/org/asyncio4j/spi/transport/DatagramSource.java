package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A socket that datagrams are received from without waiting. */
@FunctionalInterface
public interface DatagramSource {

  /**
   * Receives one datagram.
   *
   * @param target a buffer; its position advances by the length of the datagram, whose end is lost
   *     if there is too little room
   * @return the address of the sender, or {@code null} if there is no datagram now
   * @throws IOException if the system reports an error, for instance of a datagram sent earlier
   */
  @Nullable SocketAddress receive(ByteBuffer target) throws IOException;
}
