package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;

/**
 * The parameter of {@link BaseEventLoop#connectUnixSocket}.
 *
 * @param address where to: a {@link java.net.UnixDomainSocketAddress} with a path or, for loops of
 *     {@link Capability#UNIX_ABSTRACT}, an {@link org.asyncio4j.net.AbstractUnixAddress}
 */
public record ConnectUnixSocketRequest(SocketAddress address) {

  /** Checks the component. */
  public ConnectUnixSocketRequest {
    requireNonNull(address, "address");
  }
}
