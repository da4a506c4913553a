package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.util.Optional;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;

/**
 * The parameter of {@link BaseEventLoop#connectSocket}.
 *
 * @param remote the address to connect to: a resolved {@link java.net.InetSocketAddress}; for loops
 *     of {@link Capability#UNIX_STREAM} also a {@link java.net.UnixDomainSocketAddress} with a
 *     path; for loops of {@link Capability#UNIX_ABSTRACT} also an {@link
 *     org.asyncio4j.net.socket.AbstractUnixAddress}
 * @param local the resolved address to connect from, of the same family; the system chooses one if
 *     this is empty, which it always is for a Unix address
 */
public record ConnectSocketRequest(SocketAddress remote, Optional<SocketAddress> local) {

  /** Checks the components. */
  public ConnectSocketRequest {
    requireNonNull(remote, "remote");
    requireNonNull(local, "local");
  }
}
