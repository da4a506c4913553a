package org.asyncio4j.spi.readiness;

import java.net.SocketAddress;
import java.util.Optional;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.TransportSocket;

/**
 * What a connection tells of itself, as it was when the connection was made: a peer that resets it
 * takes its name away from the socket.
 */
final class ConnectionInfo {

  private final TransportSocket socket;
  private final SocketAddress local;
  private final Optional<SocketAddress> peer;

  private ConnectionInfo(
      TransportSocket socket, SocketAddress local, Optional<SocketAddress> peer) {
    this.socket = socket;
    this.local = local;
    this.peer = peer;
  }

  static ConnectionInfo of(TransportSocket socket) {
    return new ConnectionInfo(
        new SocketView(socket), socket.localAddress(), socket.remoteAddress());
  }

  <T> Optional<T> find(ExtraInfo<T> key) {
    if (key == ExtraInfo.SOCKET) {
      return Optional.of(key.type().cast(socket));
    }
    if (key == ExtraInfo.SOCKNAME) {
      return Optional.of(key.type().cast(local));
    }
    if (key == ExtraInfo.PEERNAME) {
      return peer.map(key.type()::cast);
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return peer.map(address -> local + " -> " + address).orElseGet(local::toString);
  }
}
