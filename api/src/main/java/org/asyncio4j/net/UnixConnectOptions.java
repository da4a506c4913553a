package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where to connect by a Unix socket: the arguments of {@code loop.create_unix_connection}.
 *
 * @param address a {@link UnixDomainSocketAddress} with a path, or an {@link AbstractUnixAddress}
 * @param tls how to speak TLS; absent for a plain connection. A client that verifies the server's
 *     name must be given one, because a path is none
 */
public record UnixConnectOptions(SocketAddress address, Optional<TlsOptions> tls) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the address is of another kind, or its path is empty
   */
  public UnixConnectOptions {
    UnixAddresses.require(address, "address");
    requireNonNull(tls, "tls");
  }

  /**
   * Returns options for a socket file.
   *
   * @param path the file
   * @return the options
   * @throws IllegalArgumentException if the path is empty or not one of the default file system
   */
  public static UnixConnectOptions to(Path path) {
    return new UnixConnectOptions(UnixDomainSocketAddress.of(path), Optional.empty());
  }

  /**
   * Returns options for a name that has no file.
   *
   * @param name the name, without a leading NUL; 1 to 107 bytes of UTF-8
   * @return the options
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static UnixConnectOptions toAbstract(String name) {
    return new UnixConnectOptions(AbstractUnixAddress.of(name), Optional.empty());
  }

  /**
   * Returns these options with TLS.
   *
   * @param changed how to speak it
   * @return the options
   */
  public UnixConnectOptions withTls(TlsOptions changed) {
    return new UnixConnectOptions(address, Optional.of(requireNonNull(changed, "tls")));
  }
}
