package org.asyncio4j.tck.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.tck.faults.FaultProxy;
import org.asyncio4j.tck.faults.Faults;

/**
 * Where clients connect to.
 *
 * @param port the port, of a server or of a relay before it
 * @param tls how to speak, if the server speaks TLS
 * @param hostile whether connections may end before their time
 */
record Site(int port, Optional<TlsOptions> tls, boolean hostile) {

  private static final String HOST = "127.0.0.1";

  ConnectOptions options() {
    ConnectOptions options = ConnectOptions.to(HOST, port);
    return tls.map(options::withTls).orElse(options);
  }

  @Override
  public String toString() {
    return "%s %s port %d"
        .formatted(hostile ? "hurting" : "faithful", tls.isPresent() ? "TLS" : "plain", port);
  }

  /** A server, directly, behind a relay that is transparent, and behind one that is not. */
  static List<Site> of(
      Server server, Optional<TlsOptions> tls, Faults[] faults, List<FaultProxy> relays)
      throws IOException {
    InetSocketAddress address = (InetSocketAddress) server.sockets().getFirst().localAddress();
    List<Site> sites = new ArrayList<>();
    sites.add(new Site(address.getPort(), tls, false));
    for (Faults each : faults) {
      FaultProxy relay = FaultProxy.to(address, each::plan);
      relays.add(relay);
      int port = ((InetSocketAddress) relay.address()).getPort();
      sites.add(new Site(port, tls, each.isDestructive()));
    }
    return sites;
  }
}
