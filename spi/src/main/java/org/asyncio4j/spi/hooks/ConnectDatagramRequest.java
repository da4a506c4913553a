package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;

/**
 * The parameter of {@link BaseEventLoop#connectDatagram}.
 *
 * @param socket a socket that {@code openDatagram} of this loop opened
 * @param remote the address of the only peer, of the socket's family: a resolved {@link
 *     java.net.InetSocketAddress}; a {@link java.net.UnixDomainSocketAddress} with a path; for
 *     loops of {@link Capability#UNIX_ABSTRACT} an {@link
 *     org.asyncio4j.net.socket.AbstractUnixAddress}
 */
public record ConnectDatagramRequest(SocketHandle socket, SocketAddress remote) {

  /** Checks the components. */
  public ConnectDatagramRequest {
    requireNonNull(socket, "socket");
    requireNonNull(remote, "remote");
  }
}
