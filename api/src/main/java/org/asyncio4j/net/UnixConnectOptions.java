package org.asyncio4j.net;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/**
 * Where to connect by a Unix socket: the arguments of {@code loop.create_unix_connection}.
 *
 * @param address a {@link UnixDomainSocketAddress} with a path, or an {@link AbstractUnixAddress}
 */
public record UnixConnectOptions(SocketAddress address) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the address is of another kind, or its path is empty
   */
  public UnixConnectOptions {
    UnixAddresses.require(address, "address");
  }

  /**
   * Returns options for a socket file.
   *
   * @param path the file
   * @return the options
   * @throws IllegalArgumentException if the path is empty or not one of the default file system
   */
  public static UnixConnectOptions to(Path path) {
    return new UnixConnectOptions(UnixDomainSocketAddress.of(path));
  }

  /**
   * Returns options for a name that has no file.
   *
   * @param name the name, without a leading NUL; 1 to 107 bytes of UTF-8
   * @return the options
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static UnixConnectOptions toAbstract(String name) {
    return new UnixConnectOptions(AbstractUnixAddress.of(name));
  }
}
