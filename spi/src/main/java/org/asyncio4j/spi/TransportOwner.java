package org.asyncio4j.spi;

import org.asyncio4j.net.Transport;

/** Who keeps count of transports: the server that accepted their connections. */
public interface TransportOwner {

  /**
   * Called by a transport when it is constructed.
   *
   * @param transport the transport
   */
  void attach(Transport transport);

  /**
   * Called by a transport when its connection was lost, after {@code connectionLost} and after its
   * socket was closed.
   *
   * @param transport the transport
   */
  void detach(Transport transport);
}
