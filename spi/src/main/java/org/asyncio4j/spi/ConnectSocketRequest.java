package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The parameter of {@link BaseEventLoop#connectSocket}.
 *
 * @param remote the resolved address to connect to
 * @param local the resolved address to connect from
 */
public record ConnectSocketRequest(InetSocketAddress remote, Optional<InetSocketAddress> local) {

  /** Checks the components. */
  public ConnectSocketRequest {
    requireNonNull(remote, "remote");
    requireNonNull(local, "local");
  }
}
