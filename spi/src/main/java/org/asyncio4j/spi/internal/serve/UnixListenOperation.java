package org.asyncio4j.spi.internal.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.net.BindFailures;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.asyncio4j.spi.internal.net.SocketFile;
import org.asyncio4j.spi.internal.tls.TlsEngines;

/**
 * {@code createUnixServer}: delete an old socket file, bind, serve, and delete the socket file at
 * the end.
 */
public final class UnixListenOperation {

  private final NetworkLoop loop;
  private final UnixServerOptions options;

  public UnixListenOperation(NetworkLoop loop, UnixServerOptions options) {
    this.loop = loop;
    this.options = options;
  }

  public ListeningServer run(Supplier<? extends StreamProtocol> protocolFactory)
      throws IOException {
    loop.requireTask("createUnixServer");
    TlsEngines.require(options.tls(), TlsRole.SERVER);
    Optional<Path> path = SocketFile.pathOf(options.address());
    if (path.isPresent()) {
      SocketFile.clear(path.get());
    }
    SocketHandle listener = bind();
    Optional<SocketFile> file =
        path.filter(bound -> options.cleanupSocket()).map(SocketFile::bound);
    return ListeningServer.open(
        loop,
        List.of(listener),
        new ServerSettings(
            options.backlog(),
            options.maxConnections(),
            options.tls(),
            protocolFactory,
            () -> file.ifPresent(SocketFile::delete)),
        options.startServing());
  }

  private SocketHandle bind() throws IOException {
    try {
      return loop.hooks()
          .bindSocket(
              new BindSocketRequest(options.address(), options.backlog(), false, false, false));
    } catch (IOException refused) {
      throw BindFailures.named(refused, options.address());
    }
  }
}
