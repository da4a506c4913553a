package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.util.Optional;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;

/**
 * The parameter of {@link BaseEventLoop#openDatagram}.
 *
 * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or, for loops of {@link
 *     Capability#UNIX_DATAGRAM}, {@code UNIX}
 * @param local the address to bind the socket to, of that family, if there is one: a resolved
 *     {@link java.net.InetSocketAddress}, where port 0 lets the system choose and the IPv6 wildcard
 *     receives from IPv4 senders too; a {@link java.net.UnixDomainSocketAddress} with a path; for
 *     loops of {@link Capability#UNIX_ABSTRACT} an {@link
 *     org.asyncio4j.net.socket.AbstractUnixAddress}
 * @param reusePort whether other sockets may receive at the same address and port; false for Unix
 *     sockets
 * @param broadcast whether datagrams may be sent to broadcast addresses; false for Unix sockets
 */
public record OpenDatagramRequest(
    ProtocolFamily family, Optional<SocketAddress> local, boolean reusePort, boolean broadcast) {

  /** Checks the components. */
  public OpenDatagramRequest {
    requireNonNull(family, "family");
    requireNonNull(local, "local");
  }
}
