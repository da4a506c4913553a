package org.asyncio4j.spi.readiness;

import org.asyncio4j.spi.transport.OpenSockets;
import org.asyncio4j.spi.transport.TransportResources;

/**
 * What the sockets of a loop share.
 *
 * @param poller watches them
 * @param transports what their transports share
 */
record LoopResources(Poller poller, TransportResources transports) {

  OpenSockets openSockets() {
    return transports.openSockets();
  }
}
