package org.asyncio4j.spi;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramOptions;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * {@code createDatagramEndpoint}: resolve, try the pairs of addresses in turn, make the protocol
 * and the transport, wait.
 */
final class DatagramOperation {

  private final BaseEventLoop loop;
  private final AddressResolver resolver;
  private final DatagramOptions options;

  DatagramOperation(BaseEventLoop loop, AddressResolver resolver, DatagramOptions options) {
    this.loop = loop;
    this.resolver = resolver;
    this.options = options;
  }

  <P extends DatagramProtocol> DatagramConnection<P> run(Supplier<? extends P> protocolFactory)
      throws IOException {
    Awaiter.requireBodyOf(loop, "createDatagramEndpoint");
    Opened opened = openAny(pairs());
    P protocol;
    DatagramTransport transport;
    Promise<@Nullable Void> waiter = loop.createFuture();
    try {
      protocol = protocolFactory.get();
      transport =
          loop.hooks()
              .makeDatagramTransport(
                  new DatagramTransportRequest(
                      opened.socket(),
                      protocol,
                      opened.remote(),
                      Optional.of(waiter),
                      Context.copyCurrent()));
    } catch (Throwable thrown) {
      opened.socket().close();
      throw thrown;
    }
    try {
      waiter.await();
    } catch (Throwable thrown) {
      transport.close();
      throw thrown;
    }
    return new DatagramConnection<>(transport, protocol);
  }

  /** A local address, a remote one, or both, which are of the same family then. */
  private record Pair(Optional<InetSocketAddress> local, Optional<InetSocketAddress> remote) {}

  private record Opened(SocketHandle socket, Optional<InetSocketAddress> remote) {}

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

  /** The addresses of the family that was asked for. Suspends the current task for names. */
  private List<InetSocketAddress> resolve(Optional<InetSocketAddress> address) throws IOException {
    if (address.isEmpty()) {
      return List.of();
    }
    InetSocketAddress given = address.get();
    List<InetSocketAddress> found =
        given.isUnresolved()
            ? resolver.resolve(given.getHostString(), given.getPort(), resolver.defaults())
            : List.of(given);
    return found.stream().filter(this::isOfFamily).toList();
  }

  private boolean isOfFamily(InetSocketAddress address) {
    return options.family().isEmpty() || isIpv6(options.family()) == isIpv6(address);
  }

  private Opened openAny(List<Pair> pairs) throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (Pair pair : pairs) {
      try {
        return new Opened(open(pair), pair.remote());
      } catch (IOException failure) {
        failures.add(failure);
      }
    }
    if (failures.isEmpty()) {
      throw new IOException(
          "localAddress, remoteAddress and family must have a family in common but %s has none"
              .formatted(options));
    }
    IOException first = failures.getFirst();
    failures.stream().skip(1).forEach(first::addSuppressed);
    throw first;
  }

  private SocketHandle open(Pair pair) throws IOException {
    if (pair.remote().isPresent() && !options.broadcast()) {
      return loop.hooks()
          .connectDatagram(
              new ConnectDatagramRequest(pair.remote().get(), pair.local(), options.reusePort()));
    }
    InetSocketAddress local =
        pair.local().isPresent()
            ? pair.local().get()
            : wildcard(pair.remote().filter(DatagramOperation::isIpv6).isPresent());
    return loop.hooks()
        .bindDatagram(new BindDatagramRequest(local, options.reusePort(), options.broadcast()));
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
