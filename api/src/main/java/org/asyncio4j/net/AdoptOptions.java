package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which connected socket to make a connection of, and how: the argument {@code sock} of {@code
 * loop.create_connection}, and {@code loop.connect_accepted_socket}.
 *
 * @param socket the socket, which belongs to the connection from then on
 * @param role whether this end was connected or accepted, for TLS
 * @param tls how to speak TLS; absent for a plain connection
 */
public record AdoptOptions(AsyncSocket socket, TlsRole role, Optional<TlsOptions> tls) {

  /** Checks the components. */
  public AdoptOptions {
    requireNonNull(socket, "socket");
    requireNonNull(role, "role");
    requireNonNull(tls, "tls");
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
   * @param changed how to speak it: for a connected socket with the server's name, for an accepted
   *     one with a context that holds the server's key
   * @return the options
   */
  public AdoptOptions withTls(TlsOptions changed) {
    return new AdoptOptions(socket, role, Optional.of(requireNonNull(changed, "tls")));
  }
}
