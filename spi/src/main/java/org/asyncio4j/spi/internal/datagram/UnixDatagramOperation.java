package org.asyncio4j.spi.internal.datagram;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.net.BindFailures;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.asyncio4j.spi.internal.net.SocketFile;

/**
 * {@code createUnixDatagramEndpoint}: delete an old socket file, open, connect, create the
 * endpoint, and delete the socket file at the end.
 */
public final class UnixDatagramOperation {

  private final NetworkLoop loop;
  private final UnixDatagramOptions options;

  public UnixDatagramOperation(NetworkLoop loop, UnixDatagramOptions options) {
    this.loop = loop;
    this.options = options;
  }

  public <P extends DatagramProtocol> DatagramConnection<P> run(
      Supplier<? extends P> protocolFactory) throws IOException {
    loop.requireTask("createUnixDatagramEndpoint");
    Optional<Path> path = options.localAddress().flatMap(SocketFile::pathOf);
    if (path.isPresent()) {
      SocketFile.clear(path.get());
    }
    SocketHandle socket = open();
    Optional<SocketFile> file = path.map(SocketFile::bound);
    try {
      if (options.remoteAddress().isPresent()) {
        DatagramEndpointFactory.connect(
            loop, socket, options.remoteAddress().get(), options.localAddress());
      }
      return DatagramEndpointFactory.make(
          loop,
          new DatagramEndpointFactory.Opened(
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
      return loop.hooks()
          .openDatagram(
              new OpenDatagramRequest(
                  StandardProtocolFamily.UNIX, options.localAddress(), false, false));
    } catch (IOException refused) {
      if (options.localAddress().isEmpty()) {
        throw refused;
      }
      throw BindFailures.named(refused, options.localAddress().get());
    }
  }
}
