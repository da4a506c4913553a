package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

/**
 * The result of {@link Networking#createConnection}: the pair that {@code loop.create_connection}
 * returns.
 *
 * @param transport the connection
 * @param protocol its protocol
 * @param <P> the type of the protocol
 */
public record Connection<P extends StreamProtocol>(Transport transport, P protocol) {

  /** Checks the components. */
  public Connection {
    requireNonNull(transport, "transport");
    requireNonNull(protocol, "protocol");
  }
}
