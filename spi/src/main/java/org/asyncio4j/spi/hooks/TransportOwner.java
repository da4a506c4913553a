package org.asyncio4j.spi.hooks;

import org.asyncio4j.net.Transport;

/** Counts transports; implemented by the server that accepted their connections. */
public interface TransportOwner {

  /**
   * Called by a transport when it is constructed.
   *
   * @param transport the transport
   */
  void attach(Transport transport);

  /**
   * Called by a transport when its connection is lost, after {@code connectionLost} and after its
   * socket was closed.
   *
   * @param transport the transport
   */
  void detach(Transport transport);
}
