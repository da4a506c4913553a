package org.asyncio4j.tck.probe;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.net.Transport;

/**
 * A connection between a loop and a plain socket.
 *
 * @param transport the loop's end; for the loop's thread only
 * @param peer the other end
 */
public record Link(Transport transport, Peer peer) {

  /** Checks the components. */
  public Link {
    requireNonNull(transport, "transport");
    requireNonNull(peer, "peer");
  }
}
