package org.asyncio4j.spi.internal.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.net.AddressResolver;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.asyncio4j.spi.internal.tls.TlsEngines;

/** {@code createConnection}: resolve, race the addresses, create the connection. */
public final class ConnectOperation {

  private final NetworkLoop loop;
  private final AddressResolver resolver;
  private final ConnectOptions options;

  public ConnectOperation(NetworkLoop loop, AddressResolver resolver, ConnectOptions options) {
    this.loop = loop;
    this.resolver = resolver;
    this.options = options;
  }

  public <P extends StreamProtocol> Connection<P> run(Supplier<? extends P> protocolFactory)
      throws IOException {
    loop.requireTask("createConnection");
    Optional<TlsOptions> tls = tls();
    TlsEngines.require(tls, TlsRole.CLIENT);
    List<InetSocketAddress> addresses =
        resolver.resolve(
            options.host(), options.port(), options.nameResolution().orElseGet(resolver::defaults));
    SocketHandle socket =
        new AddressRace(loop, entrants(addresses), options.happyEyeballsDelay()).run();
    return ConnectionFactory.make(loop, socket, tls, protocolFactory);
  }

  private Optional<TlsOptions> tls() {
    return options
        .tls()
        .map(tls -> tls.serverName().isPresent() ? tls : tls.withServerName(options.host()));
  }

  private List<ConnectSocketRequest> entrants(List<InetSocketAddress> addresses)
      throws IOException {
    List<InetSocketAddress> reachable = addresses.stream().filter(this::isOfLocalFamily).toList();
    if (reachable.isEmpty()) {
      throw new IOException(
          "cannot connect to %s: it has no address of the family of localAddress %s"
              .formatted(options.host(), options.localAddress().orElse(null)));
    }
    return AddressOrder.interleaved(reachable, options.firstFamilyCount()).stream()
        .map(address ->
            new ConnectSocketRequest(
                address, options.localAddress().map(SocketAddress.class::cast)))
        .toList();
  }

  private boolean isOfLocalFamily(InetSocketAddress remote) {
    return options
        .localAddress()
        .map(local -> local.getAddress().getClass() == remote.getAddress().getClass())
        .orElse(true);
  }
}
