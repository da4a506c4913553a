package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;

/**
 * The parameter of {@link BaseEventLoop#bindSocket}.
 *
 * @param address the address to bind: a resolved {@link java.net.InetSocketAddress}, where port 0
 *     lets the system choose and the IPv6 wildcard takes IPv4 connections too; for loops of {@link
 *     Capability#UNIX_STREAM} also a {@link java.net.UnixDomainSocketAddress} with a path; for
 *     loops of {@link Capability#UNIX_ABSTRACT} also an {@link
 *     org.asyncio4j.net.socket.AbstractUnixAddress}
 * @param backlog how many connections may wait to be accepted
 * @param reuseAddress whether an address with lingering connections may be bound; false for a Unix
 *     address
 * @param reusePort whether other sockets may serve the same address and port; false for a Unix
 *     address
 * @param keepAlive whether accepted connections send keep-alive probes; false for a Unix address
 */
public record BindSocketRequest(
    SocketAddress address,
    int backlog,
    boolean reuseAddress,
    boolean reusePort,
    boolean keepAlive) {

  /** Checks the components. */
  public BindSocketRequest {
    requireNonNull(address, "address");
  }
}
