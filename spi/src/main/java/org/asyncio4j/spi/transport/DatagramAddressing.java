package org.asyncio4j.spi.transport;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.net.socket.TransportSocket;
import org.jspecify.annotations.Nullable;

/** The permitted destinations of the datagrams of one endpoint. */
final class DatagramAddressing {

  private final Optional<SocketAddress> peer;
  private final boolean connected;
  private final boolean unix;
  private final boolean onlyIpv4;

  DatagramAddressing(TransportSocket socket, Optional<SocketAddress> peer) {
    this.peer = peer;
    this.connected = socket.remoteAddress().isPresent();
    this.unix = !(socket.localAddress() instanceof InetSocketAddress);
    this.onlyIpv4 =
        socket.localAddress() instanceof InetSocketAddress local
            && local.getAddress() instanceof Inet4Address;
  }

  /**
   * Checks a destination given by the application.
   *
   * @param to the address
   * @return the address to pass to the socket; {@code null} for the peer of a connected socket
   * @throws IllegalArgumentException if nothing can be sent to that address
   */
  @Nullable SocketAddress destination(@Nullable SocketAddress to) {
    if (peer.isPresent()) {
      if (to != null && !to.equals(peer.get())) {
        throw new IllegalArgumentException(
            "address must be null or %s, the remote address of this endpoint: %s"
                .formatted(peer.get(), to));
      }
      return connected ? null : peer.get();
    }
    if (unix) {
      return requireNamed(to);
    }
    if (!(to instanceof InetSocketAddress internet) || internet.isUnresolved()) {
      throw new IllegalArgumentException(
          "address must be a resolved internet address: %s; this endpoint has no remote address of its own"
              .formatted(to));
    }
    if (onlyIpv4 && internet.getAddress() instanceof Inet6Address) {
      throw new IllegalArgumentException(
          "address must be an IPv4 address, because the socket is an IPv4 socket: %s; bind the endpoint to an IPv6 address"
              .formatted(to));
    }
    return to;
  }

  private static SocketAddress requireNamed(@Nullable SocketAddress to) {
    boolean named =
        to instanceof AbstractUnixAddress
            || (to instanceof UnixDomainSocketAddress file && !file.getPath().toString().isEmpty());
    if (to == null || !named) {
      throw new IllegalArgumentException(
          "address must be a UnixDomainSocketAddress with a path or an AbstractUnixAddress: '%s'; this endpoint has no remote address of its own"
              .formatted(to));
    }
    return to;
  }
}
