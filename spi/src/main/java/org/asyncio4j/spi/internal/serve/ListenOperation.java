package org.asyncio4j.spi.internal.serve;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.NameResolution;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.net.AddressResolver;
import org.asyncio4j.spi.internal.net.BindFailures;
import org.asyncio4j.spi.internal.net.ConnectFailures;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.asyncio4j.spi.internal.tls.TlsEngines;

/** {@code createServer}: resolve all hosts, then bind a socket to each address, or to none. */
public final class ListenOperation {

  private static final Logger LOGGER = System.getLogger("org.asyncio4j");

  private final NetworkLoop loop;
  private final AddressResolver resolver;
  private final ServerOptions options;

  public ListenOperation(NetworkLoop loop, AddressResolver resolver, ServerOptions options) {
    this.loop = loop;
    this.resolver = resolver;
    this.options = options;
  }

  public ListeningServer run(Supplier<? extends StreamProtocol> protocolFactory)
      throws IOException {
    loop.requireTask("createServer");
    TlsEngines.require(options.tls(), TlsRole.SERVER);
    List<SocketHandle> listeners = bindAll(addresses());
    return ListeningServer.open(
        loop,
        listeners,
        new ServerSettings(
            options.backlog(), options.maxConnections(), options.tls(), protocolFactory, () -> {}),
        options.startServing());
  }

  private Set<InetSocketAddress> addresses() throws IOException {
    Set<InetSocketAddress> addresses = new LinkedHashSet<>();
    NameResolution resolution = options.nameResolution().orElseGet(resolver::defaults);
    for (String host : options.hosts()) {
      addresses.addAll(resolver.resolve(host, options.port(), resolution));
    }
    return LocalAddresses.withoutCovered(addresses);
  }

  private List<SocketHandle> bindAll(Set<InetSocketAddress> addresses) throws IOException {
    if (addresses.isEmpty()) {
      return List.of(bindToAllInterfaces());
    }
    List<SocketHandle> bound = new ArrayList<>();
    List<IOException> foreign = new ArrayList<>();
    try {
      for (InetSocketAddress address : addresses) {
        bindUnlessForeign(address, bound, foreign);
      }
    } catch (Throwable thrown) {
      bound.forEach(SocketHandle::close);
      throw thrown;
    }
    if (bound.isEmpty()) {
      throw ConnectFailures.combined(foreign);
    }
    return List.copyOf(bound);
  }

  /**
   * Binds, and skips addresses that this machine does not have: {@code localhost} may resolve to
   * the IPv6 loopback address where there is no IPv6.
   */
  private void bindUnlessForeign(
      InetSocketAddress address, List<SocketHandle> bound, List<IOException> foreign)
      throws IOException {
    try {
      bound.add(bind(address));
    } catch (IOException refused) {
      if (LocalAddresses.has(address.getAddress())) {
        throw refused;
      }
      LOGGER.log(Level.DEBUG, "Skipping an address that does not belong to this machine", refused);
      foreign.add(refused);
    }
  }

  /**
   * Binds the IPv6 wildcard, which accepts connections of both families, or the IPv4 wildcard on a
   * machine without IPv6.
   */
  private SocketHandle bindToAllInterfaces() throws IOException {
    InetAddress ipv6 = Inet6Address.getByAddress(new byte[16]);
    try {
      return bind(new InetSocketAddress(ipv6, options.port()));
    } catch (BindException taken) {
      throw taken;
    } catch (IOException withoutIpv6) {
      InetAddress ipv4 = InetAddress.getByAddress(new byte[4]);
      return bind(new InetSocketAddress(ipv4, options.port()));
    }
  }

  private SocketHandle bind(InetSocketAddress address) throws IOException {
    try {
      return loop.hooks()
          .bindSocket(
              new BindSocketRequest(
                  address,
                  options.backlog(),
                  options.reuseAddress(),
                  options.reusePort(),
                  options.keepAlive()));
    } catch (BindException refused) {
      throw BindFailures.named(refused, address);
    }
  }
}
