package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where to send and receive datagrams by Unix sockets: the arguments of {@code
 * loop.create_datagram_endpoint} with {@code AF_UNIX}. Each address is a {@link
 * UnixDomainSocketAddress} with a path, or an {@link AbstractUnixAddress}.
 *
 * @param localAddress where to receive. Nobody can answer an endpoint that has none
 * @param remoteAddress the only address to send to and, unless the system has lost it, to receive
 *     from
 * @param cleanupSocket whether closing the endpoint deletes its socket file, unless the file is
 *     another socket's by then. asyncio leaves it
 */
public record UnixDatagramOptions(
    Optional<SocketAddress> localAddress,
    Optional<SocketAddress> remoteAddress,
    boolean cleanupSocket) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if there is no address, one is of another kind, or its path is
   *     empty
   */
  public UnixDatagramOptions {
    requireNonNull(localAddress, "localAddress");
    requireNonNull(remoteAddress, "remoteAddress");
    if (localAddress.isEmpty() && remoteAddress.isEmpty()) {
      throw new IllegalArgumentException(
          "options must have a localAddress or a remoteAddress but have none of them");
    }
    localAddress.ifPresent(address -> {
      SocketAddress ignored = UnixAddresses.require(address, "localAddress");
    });
    remoteAddress.ifPresent(address -> {
      SocketAddress ignored = UnixAddresses.require(address, "remoteAddress");
    });
  }

  /**
   * Returns options for an endpoint that receives at a socket file, and sends to any address.
   *
   * @param path the file, which the endpoint creates
   * @return the options
   * @throws IllegalArgumentException if the path is empty or not one of the default file system
   */
  public static UnixDatagramOptions boundTo(Path path) {
    return bound(UnixDomainSocketAddress.of(path));
  }

  /**
   * Returns options for an endpoint that receives at a name without a file, and sends to any
   * address.
   *
   * @param name the name, without a leading NUL; 1 to 107 bytes of UTF-8
   * @return the options
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static UnixDatagramOptions boundToAbstract(String name) {
    return bound(AbstractUnixAddress.of(name));
  }

  /**
   * Returns options for an endpoint without an address of its own that sends to a socket file.
   *
   * @param path the file
   * @return the options
   * @throws IllegalArgumentException if the path is empty or not one of the default file system
   */
  public static UnixDatagramOptions connectedTo(Path path) {
    return connected(UnixDomainSocketAddress.of(path));
  }

  /**
   * Returns options for an endpoint without an address of its own that sends to a name without a
   * file.
   *
   * @param name the name, without a leading NUL; 1 to 107 bytes of UTF-8
   * @return the options
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static UnixDatagramOptions connectedToAbstract(String name) {
    return connected(AbstractUnixAddress.of(name));
  }

  private static UnixDatagramOptions bound(SocketAddress local) {
    return new UnixDatagramOptions(Optional.of(local), Optional.empty(), true);
  }

  private static UnixDatagramOptions connected(SocketAddress remote) {
    return new UnixDatagramOptions(Optional.empty(), Optional.of(remote), true);
  }

  /**
   * Returns these options with another local address.
   *
   * @param changed where to receive
   * @return the options
   * @throws IllegalArgumentException if it is of another kind, or its path is empty
   */
  public UnixDatagramOptions withLocalAddress(SocketAddress changed) {
    return new UnixDatagramOptions(
        Optional.of(requireNonNull(changed, "changed")), remoteAddress, cleanupSocket);
  }

  /**
   * Returns these options with another remote address.
   *
   * @param changed the only address to send to
   * @return the options
   * @throws IllegalArgumentException if it is of another kind, or its path is empty
   */
  public UnixDatagramOptions withRemoteAddress(SocketAddress changed) {
    return new UnixDatagramOptions(
        localAddress, Optional.of(requireNonNull(changed, "changed")), cleanupSocket);
  }

  /**
   * Returns these options with another answer to whether closing deletes the socket file.
   *
   * @param changed whether it does
   * @return the options
   */
  public UnixDatagramOptions withCleanupSocket(boolean changed) {
    return new UnixDatagramOptions(localAddress, remoteAddress, changed);
  }
}
