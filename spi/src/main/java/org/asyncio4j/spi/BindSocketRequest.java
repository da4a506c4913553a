package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * The parameter of {@link BaseEventLoop#bindSocket}.
 *
 * @param address the resolved address; port 0 lets the system choose. The IPv6 wildcard takes IPv4
 *     connections too
 * @param backlog how many connections may wait to be accepted
 * @param reuseAddress whether an address that lingers may be used
 * @param reusePort whether other sockets may serve the same address and port
 * @param keepAlive whether accepted connections send keep-alive probes
 */
public record BindSocketRequest(
    InetSocketAddress address,
    int backlog,
    boolean reuseAddress,
    boolean reusePort,
    boolean keepAlive) {

  /** Checks the components. */
  public BindSocketRequest {
    requireNonNull(address, "address");
  }
}
