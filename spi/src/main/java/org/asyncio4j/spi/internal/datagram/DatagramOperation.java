package org.asyncio4j.spi.internal.datagram;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.net.AddressResolver;
import org.asyncio4j.spi.internal.net.ConnectFailures;
import org.asyncio4j.spi.internal.net.NetworkLoop;

/**
 * {@code createDatagramEndpoint}: resolve, try the pairs of addresses in turn, create the endpoint.
 */
public final class DatagramOperation {

  private final NetworkLoop loop;
  private final AddressResolver resolver;
  private final DatagramOptions options;

  public DatagramOperation(NetworkLoop loop, AddressResolver resolver, DatagramOptions options) {
    this.loop = loop;
    this.resolver = resolver;
    this.options = options;
  }

  public <P extends DatagramProtocol> DatagramConnection<P> run(
      Supplier<? extends P> protocolFactory) throws IOException {
    loop.requireTask("createDatagramEndpoint");
    return DatagramEndpointFactory.make(loop, openAny(pairs()), protocolFactory);
  }

  /** A local address, a remote one, or both; in that case they are of the same family. */
  private record Pair(Optional<InetSocketAddress> local, Optional<InetSocketAddress> remote) {}

  private List<Pair> pairs() throws IOException {
    List<InetSocketAddress> locals = resolve(options.localAddress());
    List<InetSocketAddress> remotes = resolve(options.remoteAddress());
    List<Pair> pairs = new ArrayList<>();
    if (options.remoteAddress().isEmpty()) {
      locals.forEach(local -> pairs.add(new Pair(Optional.of(local), Optional.empty())));
    } else {
      for (InetSocketAddress remote : remotes) {
        Optional<InetSocketAddress> local =
            locals.stream().filter(of -> isIpv6(of) == isIpv6(remote)).findFirst();
        if (local.isPresent() || options.localAddress().isEmpty()) {
          pairs.add(new Pair(local, Optional.of(remote)));
        }
      }
    }
    if (pairs.isEmpty() && options.localAddress().isEmpty() && options.remoteAddress().isEmpty()) {
      pairs.add(new Pair(Optional.of(wildcard(isIpv6(options.family()))), Optional.empty()));
    }
    return pairs;
  }

  /** Returns the addresses of the requested family. Suspends the current task for names. */
  private List<InetSocketAddress> resolve(Optional<InetSocketAddress> address) throws IOException {
    if (address.isEmpty()) {
      return List.of();
    }
    return resolver.resolve(address.get()).stream().filter(this::isOfFamily).toList();
  }

  private boolean isOfFamily(InetSocketAddress address) {
    return options.family().isEmpty() || isIpv6(options.family()) == isIpv6(address);
  }

  private DatagramEndpointFactory.Opened openAny(List<Pair> pairs) throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (Pair pair : pairs) {
      try {
        return new DatagramEndpointFactory.Opened(
            open(pair), pair.remote().map(SocketAddress.class::cast), () -> {});
      } catch (IOException failure) {
        failures.add(failure);
      }
    }
    if (failures.isEmpty()) {
      throw new IOException(
          "cannot open a datagram endpoint: localAddress, remoteAddress and family have no family in common in %s"
              .formatted(options));
    }
    throw ConnectFailures.combined(failures);
  }

  private SocketHandle open(Pair pair) throws IOException {
    boolean ipv6 = isIpv6(pair.remote().or(pair::local).orElseThrow());
    boolean connected = pair.remote().isPresent() && !options.broadcast();
    Optional<InetSocketAddress> local =
        pair.local().isPresent() || connected ? pair.local() : Optional.of(wildcard(ipv6));
    SocketHandle socket =
        loop.hooks()
            .openDatagram(
                new OpenDatagramRequest(
                    ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET,
                    local.map(SocketAddress.class::cast),
                    options.reusePort(),
                    options.broadcast()));
    if (connected) {
      DatagramEndpointFactory.connect(loop, socket, pair.remote().get(), pair.local());
    }
    return socket;
  }

  private static InetSocketAddress wildcard(boolean ipv6) throws IOException {
    return new InetSocketAddress(
        ipv6 ? Inet6Address.getByAddress(new byte[16]) : InetAddress.getByAddress(new byte[4]), 0);
  }

  private static boolean isIpv6(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }

  private static boolean isIpv6(Optional<StandardProtocolFamily> family) {
    return family.filter(StandardProtocolFamily.INET6::equals).isPresent();
  }
}
