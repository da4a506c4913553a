package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;

/**
 * The parameter of {@link BaseEventLoop#connectUnixDatagram}.
 *
 * @param socket a socket that {@code openUnixDatagram} of this loop made
 * @param remote the address of the only peer: a {@link java.net.UnixDomainSocketAddress} with a
 *     path or, for loops of {@link Capability#UNIX_ABSTRACT}, an {@link
 *     org.asyncio4j.net.AbstractUnixAddress}
 */
public record ConnectUnixDatagramRequest(SocketHandle socket, SocketAddress remote) {

  /** Checks the components. */
  public ConnectUnixDatagramRequest {
    requireNonNull(socket, "socket");
    requireNonNull(remote, "remote");
  }
}
