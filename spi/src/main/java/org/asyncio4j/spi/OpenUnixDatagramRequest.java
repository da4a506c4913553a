package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.util.Optional;

/**
 * The parameter of {@link BaseEventLoop#openUnixDatagram}.
 *
 * @param local where to bind the socket, if anywhere: a {@link java.net.UnixDomainSocketAddress}
 *     with a path or, for loops of {@link Capability#UNIX_ABSTRACT}, an {@link
 *     org.asyncio4j.net.AbstractUnixAddress}
 */
public record OpenUnixDatagramRequest(Optional<SocketAddress> local) {

  /** Checks the component. */
  public OpenUnixDatagramRequest {
    requireNonNull(local, "local");
  }
}
