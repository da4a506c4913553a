package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where and how to connect: the arguments of {@code loop.create_connection}.
 *
 * @param host a name or a literal address; a literal is not looked up
 * @param port the port, 1 to 65535
 * @param localAddress the address to connect from; chosen by the system if absent
 * @param tls how to speak TLS; absent for a plain connection
 */
public record ConnectOptions(
    String host, int port, Optional<InetSocketAddress> localAddress, Optional<TlsOptions> tls) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   */
  public ConnectOptions {
    requireNonNull(host, "host");
    requireNonNull(localAddress, "localAddress");
    requireNonNull(tls, "tls");
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host must be a name or an address but was empty");
    }
    Ports.require(port, 1, "port");
  }

  /**
   * Returns options for a destination.
   *
   * @param host a name or a literal address
   * @param port the port, 1 to 65535
   * @return the options
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   */
  public static ConnectOptions to(String host, int port) {
    return new ConnectOptions(host, port, Optional.empty(), Optional.empty());
  }

  /**
   * Returns these options with a local address.
   *
   * @param address the address to connect from; port 0 lets the system choose
   * @return the options
   */
  public ConnectOptions withLocalAddress(InetSocketAddress address) {
    return new ConnectOptions(host, port, Optional.of(requireNonNull(address, "address")), tls);
  }

  /**
   * Returns these options with TLS.
   *
   * @param changed how to speak it
   * @return the options
   */
  public ConnectOptions withTls(TlsOptions changed) {
    return new ConnectOptions(
        host, port, localAddress, Optional.of(requireNonNull(changed, "tls")));
  }
}
