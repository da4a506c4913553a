package org.asyncio4j.spi.readiness;

import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.transport.OpenSockets;
import org.asyncio4j.spi.transport.TransportResources;

/**
 * The resources that the sockets of a loop share.
 *
 * @param poller watches them
 * @param transports the resources that their transports share
 */
record LoopResources(Poller poller, TransportResources transports) {

  OpenSockets openSockets() {
    return transports.openSockets();
  }
}
