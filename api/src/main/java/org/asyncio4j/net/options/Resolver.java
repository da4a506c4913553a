package org.asyncio4j.net.options;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Finds the addresses of a host, as {@code loop.getaddrinfo} does for {@code create_connection} and
 * {@code create_server}.
 */
@FunctionalInterface
public interface Resolver {

  /**
   * Finds the addresses of a host. Called on a separate thread, never on a loop's, possibly for
   * many hosts at once, and may block; a call that takes too long is abandoned, not stopped.
   *
   * @param host a name, or a literal address with a scope; other literal addresses are not looked
   *     up
   * @return the addresses, in order of preference
   * @throws java.net.UnknownHostException if the host is unknown
   * @throws IOException if the lookup fails
   */
  List<InetAddress> resolve(String host) throws IOException;

  /** {@return the system's resolver, as {@link InetAddress#getAllByName} knows it} */
  static Resolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
