package org.asyncio4j.spi.internal.serve;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.AdoptOptions;
import org.asyncio4j.net.options.SocketServerOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.hooks.DetachSocketRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.connect.ConnectionFactory;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.asyncio4j.spi.internal.net.SocketFile;
import org.asyncio4j.spi.internal.tls.TlsEngines;

/** {@code adoptSocket} and its counterpart for servers: detach a socket, then use it. */
public final class AdoptOperation {

  private AdoptOperation() {}

  public static <P extends StreamProtocol> Connection<P> connection(
      NetworkLoop loop, AdoptOptions options, Supplier<? extends P> protocolFactory)
      throws IOException {
    loop.requireTask("adoptSocket");
    TlsEngines.require(options.tls(), options.role());
    SocketHandle socket = loop.hooks().detachSocket(new DetachSocketRequest(options.socket()));
    return ConnectionFactory.make(loop, socket, options.tls(), options.role(), protocolFactory);
  }

  public static ListeningServer server(
      NetworkLoop loop,
      SocketServerOptions options,
      Supplier<? extends StreamProtocol> protocolFactory)
      throws IOException {
    loop.requireTask("createServer");
    TlsEngines.require(options.tls(), TlsRole.SERVER);
    SocketHandle listener = loop.hooks().detachSocket(new DetachSocketRequest(options.socket()));
    Optional<SocketFile> file =
        SocketFile.pathOf(listener.localAddress())
            .filter(bound -> options.cleanupSocket())
            .map(SocketFile::bound);
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
}
