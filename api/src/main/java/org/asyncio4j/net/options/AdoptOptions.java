package org.asyncio4j.net.options;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.jspecify.annotations.Nullable;

/**
 * The options for making a connection from a connected socket: the argument {@code sock} of {@code
 * loop.create_connection}, and {@code loop.connect_accepted_socket}.
 */
public final class AdoptOptions {

  private final AsyncSocket socket;
  private final TlsRole role;
  private final Optional<TlsOptions> tls;

  private AdoptOptions(AsyncSocket socket, TlsRole role, Optional<TlsOptions> tls) {
    requireNonNull(socket, "socket");
    requireNonNull(role, "role");
    requireNonNull(tls, "tls");
    this.socket = socket;
    this.role = role;
    this.tls = tls;
  }

  /**
   * Returns options for a socket that was connected.
   *
   * @param socket the socket
   * @return the options
   */
  public static AdoptOptions connected(AsyncSocket socket) {
    return new AdoptOptions(socket, TlsRole.CLIENT, Optional.empty());
  }

  /**
   * Returns options for a socket that was accepted.
   *
   * @param socket the socket
   * @return the options
   */
  public static AdoptOptions accepted(AsyncSocket socket) {
    return new AdoptOptions(socket, TlsRole.SERVER, Optional.empty());
  }

  /**
   * Returns these options with TLS.
   *
   * @param changed the TLS options: for a connected socket with the server's name, for an accepted
   *     one with a context that holds the server's key
   * @return the options
   */
  public AdoptOptions withTls(TlsOptions changed) {
    return new AdoptOptions(socket, role, Optional.of(requireNonNull(changed, "tls")));
  }

  /** {@return the socket, which belongs to the connection from then on} */
  public AsyncSocket socket() {
    return socket;
  }

  /** {@return whether this end was connected or accepted, for TLS} */
  public TlsRole role() {
    return role;
  }

  /** {@return the TLS options; absent for a plain connection} */
  public Optional<TlsOptions> tls() {
    return tls;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AdoptOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "AdoptOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("socket", socket);
    components.put("role", role);
    components.put("tls", tls);
    return components;
  }
}
