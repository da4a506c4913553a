package org.asyncio4j.tck.soak;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.tls.TlsOptions;

/**
 * Where clients connect to.
 *
 * @param port the port, of a server or of a relay before it
 * @param tls how to speak, if the server speaks TLS
 * @param hostile whether connections may end before their time
 */
record Site(int port, Optional<TlsOptions> tls, boolean hostile) {

  private static final String HOST = "127.0.0.1";

  static Site at(SocketAddress address, Optional<TlsOptions> tls, boolean hostile) {
    return new Site(((InetSocketAddress) address).getPort(), tls, hostile);
  }

  ConnectOptions options() {
    ConnectOptions options = ConnectOptions.to(HOST, port);
    return tls.map(options::withTls).orElse(options);
  }

  @Override
  public String toString() {
    return "%s %s port %d"
        .formatted(hostile ? "hurting" : "faithful", tls.isPresent() ? "TLS" : "plain", port);
  }
}
