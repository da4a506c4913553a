package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The parameter of {@link BaseEventLoop#connectDatagram}.
 *
 * @param remote the resolved address of the only peer
 * @param local the resolved address to bind to, of the same family; chosen by the system if absent
 * @param reusePort whether other sockets may receive at the same address and port
 */
public record ConnectDatagramRequest(
    InetSocketAddress remote, Optional<InetSocketAddress> local, boolean reusePort) {

  /** Checks the components. */
  public ConnectDatagramRequest {
    requireNonNull(remote, "remote");
    requireNonNull(local, "local");
  }
}
