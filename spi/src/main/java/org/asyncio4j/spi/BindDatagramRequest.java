package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * The parameter of {@link BaseEventLoop#bindDatagram}.
 *
 * @param address the resolved address; port 0 lets the system choose. The IPv6 wildcard receives
 *     from IPv4 senders, too
 * @param reusePort whether other sockets may receive at the same address and port
 * @param broadcast whether datagrams may be sent to broadcast addresses
 */
public record BindDatagramRequest(InetSocketAddress address, boolean reusePort, boolean broadcast) {

  /** Checks the components. */
  public BindDatagramRequest {
    requireNonNull(address, "address");
  }
}
