package org.asyncio4j.spi.internal.connect;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.asyncio4j.spi.internal.net.TransportFactory;
import org.jspecify.annotations.Nullable;

/**
 * The second half of every connect: create the protocol and the transport of a socket, and wait.
 */
public final class ConnectionFactory {

  private ConnectionFactory() {}

  /** Suspends the current task. In every case, the transport owns the socket or it is closed. */
  public static <P extends StreamProtocol> Connection<P> make(
      NetworkLoop loop,
      SocketHandle socket,
      Optional<TlsOptions> tls,
      Supplier<? extends P> protocolFactory)
      throws IOException {
    return make(loop, socket, tls, TlsRole.CLIENT, protocolFactory);
  }

  /** Creates the protocol and the transport for either end of a connection. */
  public static <P extends StreamProtocol> Connection<P> make(
      NetworkLoop loop,
      SocketHandle socket,
      Optional<TlsOptions> tls,
      TlsRole role,
      Supplier<? extends P> protocolFactory)
      throws IOException {
    P protocol;
    Transport transport;
    Promise<@Nullable Void> waiter = loop.eventLoop().createFuture();
    try {
      protocol = protocolFactory.get();
      transport =
          TransportFactory.make(
              loop,
              socket,
              protocol,
              tls,
              role,
              Optional.of(waiter),
              Optional.empty(),
              Context.copyCurrent());
    } catch (Throwable thrown) {
      socket.close();
      throw thrown;
    }
    try {
      waiter.awaitThrowing(IOException.class);
    } catch (Throwable thrown) {
      transport.close();
      throw thrown;
    }
    return new Connection<>(transport, protocol);
  }
}
