package org.asyncio4j.net.options;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.net.tls.TlsOptions;
import org.jspecify.annotations.Nullable;

/**
 * The options of a connection over a Unix socket: the arguments of {@code
 * loop.create_unix_connection}.
 */
public final class UnixConnectOptions {

  private final SocketAddress address;
  private final Optional<TlsOptions> tls;

  private UnixConnectOptions(SocketAddress address, Optional<TlsOptions> tls) {
    UnixAddresses.require(address, "address");
    requireNonNull(tls, "tls");
    this.address = address;
    this.tls = tls;
  }

  /**
   * Returns options for a socket file.
   *
   * @param path the file
   * @return the options
   * @throws IllegalArgumentException if the path is empty or does not belong to the default file
   *     system
   */
  public static UnixConnectOptions to(Path path) {
    return to(UnixDomainSocketAddress.of(path));
  }

  /**
   * Returns options for an address.
   *
   * @param address a {@link UnixDomainSocketAddress} with a path, or an {@link AbstractUnixAddress}
   * @return the options
   * @throws IllegalArgumentException if the address is of another kind, or its path is empty
   */
  public static UnixConnectOptions to(SocketAddress address) {
    return new UnixConnectOptions(address, Optional.empty());
  }

  /**
   * Returns options for a name that has no file.
   *
   * @param name the name, without a leading NUL; 1 to 107 bytes of UTF-8
   * @return the options
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static UnixConnectOptions toAbstract(String name) {
    return to(AbstractUnixAddress.of(name));
  }

  /**
   * Returns these options with TLS.
   *
   * @param changed the TLS options
   * @return the options
   */
  public UnixConnectOptions withTls(TlsOptions changed) {
    return new UnixConnectOptions(address, Optional.of(requireNonNull(changed, "tls")));
  }

  /** {@return a {@link UnixDomainSocketAddress} with a path, or an {@link AbstractUnixAddress}} */
  public SocketAddress address() {
    return address;
  }

  /**
   * {@return the TLS options; absent for a plain connection} A client that verifies the server's
   * name must be given a name, because a path is not one.
   */
  public Optional<TlsOptions> tls() {
    return tls;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnixConnectOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "UnixConnectOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("address", address);
    components.put("tls", tls);
    return components;
  }
}
