package org.asyncio4j.spi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * {@code createConnection}: resolve, try each address in turn, make the protocol and the transport,
 * wait.
 */
final class ConnectOperation {

  private final BaseEventLoop loop;
  private final AddressResolver resolver;
  private final ConnectOptions options;

  ConnectOperation(BaseEventLoop loop, AddressResolver resolver, ConnectOptions options) {
    this.loop = loop;
    this.resolver = resolver;
    this.options = options;
  }

  <P extends StreamProtocol> Connection<P> run(Supplier<? extends P> protocolFactory)
      throws IOException {
    Awaiter.requireBodyOf(loop, "createConnection");
    SocketHandle socket = connectAny(resolver.resolve(options.host(), options.port()));
    P protocol;
    Transport transport;
    Promise<@Nullable Void> waiter = loop.createFuture();
    try {
      protocol = protocolFactory.get();
      transport =
          options.tls().isPresent()
              ? secure(socket, protocol, waiter, options.tls().get())
              : loop.hooks()
                  .makeSocketTransport(
                      new SocketTransportRequest(
                          socket,
                          protocol,
                          Optional.of(waiter),
                          Optional.empty(),
                          Context.copyCurrent()));
    } catch (Throwable thrown) {
      socket.close();
      throw thrown;
    }
    try {
      waiter.await(IOException.class);
    } catch (Throwable thrown) {
      transport.close();
      throw thrown;
    }
    return new Connection<>(transport, protocol);
  }

  private Transport secure(
      SocketHandle socket, StreamProtocol protocol, Promise<@Nullable Void> waiter, TlsOptions tls)
      throws IOException {
    return loop.hooks()
        .makeTlsTransport(
            new TlsTransportRequest(
                new TlsTransportRequest.OfSocket(socket),
                protocol,
                tls.serverName().isPresent() ? tls : tls.withServerName(options.host()),
                TlsRole.CLIENT,
                Optional.of(waiter),
                Optional.empty(),
                Context.copyCurrent()));
  }

  private SocketHandle connectAny(List<InetSocketAddress> addresses) throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (InetSocketAddress address : addresses) {
      if (isOfLocalFamily(address)) {
        try {
          return connect(address);
        } catch (IOException failure) {
          failures.add(failure);
        }
      }
    }
    throw combined(failures);
  }

  private SocketHandle connect(InetSocketAddress address) throws IOException {
    Future<SocketHandle> connecting =
        loop.hooks().connectSocket(new ConnectSocketRequest(address, options.localAddress()));
    try {
      return connecting.await(IOException.class);
    } catch (Throwable thrown) {
      // A task that was cancelled after the socket was connected and before it could say so.
      if (connecting.isDone() && !connecting.isCancelled() && connecting.exception() == null) {
        connecting.result().close();
      }
      throw thrown;
    }
  }

  private boolean isOfLocalFamily(InetSocketAddress remote) {
    return options
        .localAddress()
        .map(local -> local.getAddress().getClass() == remote.getAddress().getClass())
        .orElse(true);
  }

  private IOException combined(List<IOException> failures) {
    if (failures.isEmpty()) {
      return new IOException(
          "host %s must have an address of the same family as localAddress %s but has none"
              .formatted(options.host(), options.localAddress().orElse(null)));
    }
    IOException first = failures.getFirst();
    failures.stream().skip(1).forEach(first::addSuppressed);
    return first;
  }
}
