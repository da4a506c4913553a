package org.asyncio4j.spi.internal.net;

import java.io.IOException;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.hooks.TlsTransportRequest;
import org.asyncio4j.spi.hooks.TransportOwner;
import org.jspecify.annotations.Nullable;

/** The transport of a connected or accepted socket, plain or with TLS. */
public final class TransportFactory {

  private TransportFactory() {}

  /** If this throws, the caller still owns the socket. */
  public static Transport make(
      NetworkLoop loop,
      SocketHandle socket,
      StreamProtocol protocol,
      Optional<TlsOptions> tls,
      TlsRole role,
      Optional<Promise<@Nullable Void>> waiter,
      Optional<TransportOwner> owner,
      Context context)
      throws IOException {
    if (tls.isEmpty()) {
      return loop.hooks()
          .makeSocketTransport(
              new SocketTransportRequest(socket, protocol, waiter, owner, context));
    }
    return loop.hooks()
        .makeTlsTransport(
            new TlsTransportRequest(
                new TlsTransportRequest.OfSocket(socket),
                protocol,
                tls.get(),
                role,
                waiter,
                owner,
                context));
  }
}
