package org.asyncio4j.spi.internal.connect;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.asyncio4j.spi.internal.tls.TlsEngines;

/** {@code createUnixConnection}: connect, create the connection. */
public final class UnixConnectOperation {

  private final NetworkLoop loop;
  private final SocketAddress address;
  private final Optional<TlsOptions> tls;

  public UnixConnectOperation(NetworkLoop loop, UnixConnectOptions options) {
    this.loop = loop;
    this.address = options.address();
    this.tls = options.tls();
  }

  public <P extends StreamProtocol> Connection<P> run(Supplier<? extends P> protocolFactory)
      throws IOException {
    loop.requireTask("createUnixConnection");
    TlsEngines.require(tls, TlsRole.CLIENT);
    return ConnectionFactory.make(loop, connect(), tls, protocolFactory);
  }

  private SocketHandle connect() throws IOException {
    ConnectSocketRequest request = new ConnectSocketRequest(address, Optional.empty());
    return new AddressRace(loop, List.of(request), Optional.empty()).run();
  }
}
