package org.asyncio4j.net;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Finds the addresses of a host: what {@code loop.getaddrinfo} is for {@code create_connection} and
 * {@code create_server}.
 */
@FunctionalInterface
public interface Resolver {

  /**
   * Finds the addresses of a host. It is called on a thread of its own, never on a loop's, for any
   * number of hosts at once, and may block: a call that takes too long is abandoned, not stopped.
   *
   * @param host a name, or a literal address with a scope; other literal addresses are not looked
   *     up
   * @return the addresses, the most preferable first
   * @throws java.net.UnknownHostException if there is no such host
   * @throws IOException if it cannot be found out
   */
  List<InetAddress> resolve(String host) throws IOException;

  /** {@return the system's resolver, as {@link InetAddress#getAllByName} knows it} */
  static Resolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
