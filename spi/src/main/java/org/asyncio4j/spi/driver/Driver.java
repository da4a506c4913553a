package org.asyncio4j.spi.driver;

import static java.util.Objects.requireNonNull;

/**
 * The two halves of a driver, which one loop owns. One thread at a time uses them.
 *
 * @param poller waits for the sockets
 * @param sockets opens them
 */
public record Driver(Poller poller, Sockets sockets) {

  /** Checks the components. */
  public Driver {
    requireNonNull(poller, "poller");
    requireNonNull(sockets, "sockets");
  }
}
