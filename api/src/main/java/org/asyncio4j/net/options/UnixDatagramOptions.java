package org.asyncio4j.net.options;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.jspecify.annotations.Nullable;

/**
 * The options of a datagram endpoint on a Unix socket: the arguments of {@code
 * loop.create_datagram_endpoint} with {@code AF_UNIX}. Each address is a {@link
 * UnixDomainSocketAddress} with a path, or an {@link AbstractUnixAddress}.
 */
public final class UnixDatagramOptions {

  private final Optional<SocketAddress> localAddress;
  private final Optional<SocketAddress> remoteAddress;
  private final boolean cleanupSocket;

  private UnixDatagramOptions(
      Optional<SocketAddress> localAddress,
      Optional<SocketAddress> remoteAddress,
      boolean cleanupSocket) {
    requireNonNull(localAddress, "localAddress");
    requireNonNull(remoteAddress, "remoteAddress");
    localAddress.ifPresent(address -> {
      SocketAddress ignored = UnixAddresses.require(address, "localAddress");
    });
    remoteAddress.ifPresent(address -> {
      SocketAddress ignored = UnixAddresses.require(address, "remoteAddress");
    });
    this.localAddress = localAddress;
    this.remoteAddress = remoteAddress;
    this.cleanupSocket = cleanupSocket;
  }

  /**
   * Returns options for an endpoint that receives at a socket file and sends to any address.
   *
   * @param path the file, which the endpoint creates
   * @return the options
   * @throws IllegalArgumentException if the path is empty or does not belong to the default file
   *     system
   */
  public static UnixDatagramOptions boundTo(Path path) {
    return boundTo(UnixDomainSocketAddress.of(path));
  }

  /**
   * Returns options for an endpoint that receives at a name without a file and sends to any
   * address.
   *
   * @param name the name, without a leading NUL; 1 to 107 bytes of UTF-8
   * @return the options
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static UnixDatagramOptions boundToAbstract(String name) {
    return boundTo(AbstractUnixAddress.of(name));
  }

  /**
   * Returns options for an endpoint without its own address that sends to a socket file.
   *
   * @param path the file
   * @return the options
   * @throws IllegalArgumentException if the path is empty or does not belong to the default file
   *     system
   */
  public static UnixDatagramOptions connectedTo(Path path) {
    return connectedTo(UnixDomainSocketAddress.of(path));
  }

  /**
   * Returns options for an endpoint without its own address that sends to a name without a file.
   *
   * @param name the name, without a leading NUL; 1 to 107 bytes of UTF-8
   * @return the options
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static UnixDatagramOptions connectedToAbstract(String name) {
    return connectedTo(AbstractUnixAddress.of(name));
  }

  /**
   * Returns options for an endpoint that receives at an address and sends to any address.
   *
   * @param local a {@link UnixDomainSocketAddress} with a path, or an {@link AbstractUnixAddress}
   * @return the options
   * @throws IllegalArgumentException if the address is of another kind, or its path is empty
   */
  public static UnixDatagramOptions boundTo(SocketAddress local) {
    return new UnixDatagramOptions(Optional.of(local), Optional.empty(), true);
  }

  /**
   * Returns options for an endpoint without its own address that sends to an address.
   *
   * @param remote a {@link UnixDomainSocketAddress} with a path, or an {@link AbstractUnixAddress}
   * @return the options
   * @throws IllegalArgumentException if the address is of another kind, or its path is empty
   */
  public static UnixDatagramOptions connectedTo(SocketAddress remote) {
    return new UnixDatagramOptions(Optional.empty(), Optional.of(remote), true);
  }

  /**
   * Returns these options with the given local address.
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
   * Returns these options with the given remote address.
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
   * Returns these options with or without deletion of the socket file on closing.
   *
   * @param changed whether closing deletes it
   * @return the options
   */
  public UnixDatagramOptions withCleanupSocket(boolean changed) {
    return new UnixDatagramOptions(localAddress, remoteAddress, changed);
  }

  /** {@return where to receive} If absent, no peer can reply to the endpoint. */
  public Optional<SocketAddress> localAddress() {
    return localAddress;
  }

  /**
   * {@return the only address to send to and, unless the system has disconnected the endpoint from
   * it, to receive from}
   */
  public Optional<SocketAddress> remoteAddress() {
    return remoteAddress;
  }

  /**
   * {@return whether closing the endpoint deletes its socket file, unless it belongs to another
   * socket by then} asyncio does not delete it.
   */
  public boolean cleanupSocket() {
    return cleanupSocket;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnixDatagramOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "UnixDatagramOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("localAddress", localAddress);
    components.put("remoteAddress", remoteAddress);
    components.put("cleanupSocket", cleanupSocket);
    return components;
  }
}
