package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;

/**
 * The parameter of {@link BaseEventLoop#bindUnixSocket}.
 *
 * @param address a {@link java.net.UnixDomainSocketAddress} with a path or, for loops of {@link
 *     Capability#UNIX_ABSTRACT}, an {@link org.asyncio4j.net.AbstractUnixAddress}
 * @param backlog how many connections may wait to be accepted
 */
public record BindUnixSocketRequest(SocketAddress address, int backlog) {

  /** Checks the components. */
  public BindUnixSocketRequest {
    requireNonNull(address, "address");
  }
}
