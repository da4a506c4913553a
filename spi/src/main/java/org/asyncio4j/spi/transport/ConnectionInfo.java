package org.asyncio4j.spi.transport;

import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.socket.PeerCredentials;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.spi.RunningLoop;

/** The extra information about a connection. */
final class ConnectionInfo {

  private final EventLoop loop;
  private final TransportSocket socket;
  private final Supplier<Optional<PeerCredentials>> askCredentials;

  // Looked up on first use: user names may come from a remote directory.
  private Optional<PeerCredentials> credentials = Optional.empty();

  ConnectionInfo(
      EventLoop loop, TransportSocket socket, Supplier<Optional<PeerCredentials>> askCredentials) {
    this.loop = loop;
    this.socket = new SocketView(loop, socket);
    this.askCredentials = askCredentials;
  }

  <T> Optional<T> find(ExtraInfo<T> key) {
    if (key == ExtraInfo.SOCKET) {
      return Optional.of(key.type().cast(socket));
    }
    if (key == ExtraInfo.SOCKNAME) {
      return Optional.of(key.type().cast(socket.localAddress()));
    }
    if (key == ExtraInfo.PEERNAME) {
      return socket.remoteAddress().map(key.type()::cast);
    }
    if (key == ExtraInfo.PEER_CREDENTIALS) {
      return credentials().map(key.type()::cast);
    }
    return Optional.empty();
  }

  private Optional<PeerCredentials> credentials() {
    if (credentials.isEmpty()) {
      RunningLoop.ensureOwner(loop, "extraInfo(PEER_CREDENTIALS)");
      credentials = askCredentials.get();
    }
    return credentials;
  }

  @Override
  public String toString() {
    String local = socket.localAddress().toString();
    return socket.remoteAddress().map(remote -> local + " -> " + remote).orElse(local);
  }
}
