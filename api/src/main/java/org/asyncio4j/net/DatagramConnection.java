package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

/**
 * The result of {@link Networking#createDatagramEndpoint}: the pair that {@code
 * loop.create_datagram_endpoint} returns.
 *
 * @param transport the endpoint
 * @param protocol its protocol
 * @param <P> the type of the protocol
 */
public record DatagramConnection<P extends DatagramProtocol>(
    DatagramTransport transport, P protocol) {

  /** Checks the components. */
  public DatagramConnection {
    requireNonNull(transport, "transport");
    requireNonNull(protocol, "protocol");
  }
}
