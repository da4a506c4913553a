package org.asyncio4j.spi.readiness;

import java.net.SocketAddress;
import java.util.Optional;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.PeerCredentials;
import org.asyncio4j.net.TransportSocket;

/**
 * What a connection tells of itself, as it was when the connection was made: a peer that resets it
 * takes its name away from the socket.
 */
final class ConnectionInfo {

  private final StreamSocket connection;
  private final TransportSocket socket;
  private final SocketAddress local;
  private final Optional<SocketAddress> peer;

  // Asked for when first wanted: the names of users may come from far away.
  private Optional<PeerCredentials> credentials = Optional.empty();

  private ConnectionInfo(
      StreamSocket connection, SocketAddress local, Optional<SocketAddress> peer) {
    this.connection = connection;
    this.socket = new SocketView(connection);
    this.local = local;
    this.peer = peer;
  }

  static ConnectionInfo of(StreamSocket socket) {
    return new ConnectionInfo(socket, socket.localAddress(), socket.remoteAddress());
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
    if (key == ExtraInfo.PEER_CREDENTIALS) {
      return credentials().map(key.type()::cast);
    }
    return Optional.empty();
  }

  private Optional<PeerCredentials> credentials() {
    if (credentials.isEmpty()) {
      credentials = connection.peerCredentials();
    }
    return credentials;
  }

  @Override
  public String toString() {
    return peer.map(address -> local + " -> " + address).orElseGet(local::toString);
  }
}
