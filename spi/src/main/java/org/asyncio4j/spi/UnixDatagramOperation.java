package org.asyncio4j.spi;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.UnixDatagramOptions;

/**
 * {@code createUnixDatagramEndpoint}: clear the way, open, connect, make the endpoint, and see to
 * the socket file.
 */
final class UnixDatagramOperation {

  private final BaseEventLoop loop;
  private final UnixDatagramOptions options;

  UnixDatagramOperation(BaseEventLoop loop, UnixDatagramOptions options) {
    this.loop = loop;
    this.options = options;
  }

  <P extends DatagramProtocol> DatagramConnection<P> run(Supplier<? extends P> protocolFactory)
      throws IOException {
    Awaiter.requireBodyOf(loop, "createUnixDatagramEndpoint");
    Optional<Path> path = options.localAddress().flatMap(SocketFile::pathOf);
    if (path.isPresent()) {
      SocketFile.clear(path.get());
    }
    SocketHandle socket = open();
    Optional<SocketFile> file = path.map(SocketFile::bound);
    try {
      connect(socket);
      return DatagramMaking.make(
          loop,
          new DatagramMaking.Opened(
              socket,
              options.remoteAddress(),
              () -> file.filter(_ -> options.cleanupSocket()).ifPresent(SocketFile::delete)),
          protocolFactory);
    } catch (Throwable thrown) {
      file.ifPresent(SocketFile::delete);
      throw thrown;
    }
  }

  private SocketHandle open() throws IOException {
    try {
      return loop.hooks().openUnixDatagram(new OpenUnixDatagramRequest(options.localAddress()));
    } catch (IOException refused) {
      if (options.localAddress().isEmpty()) {
        throw refused;
      }
      throw BindFailures.named(refused, options.localAddress().get());
    }
  }

  private void connect(SocketHandle socket) throws IOException {
    if (options.remoteAddress().isEmpty()) {
      return;
    }
    SocketAddress remote = options.remoteAddress().get();
    boolean connected = false;
    try {
      loop.hooks().connectUnixDatagram(new ConnectUnixDatagramRequest(socket, remote));
      connected = true;
    } catch (IOException refused) {
      throw ConnectFailures.named(refused, remote, options.localAddress());
    } finally {
      if (!connected) {
        socket.close();
      }
    }
  }
}
