package org.asyncio4j.net.options;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.net.tls.TlsOptions;
import org.jspecify.annotations.Nullable;

/**
 * The address and the options of a server on a Unix socket: the arguments of {@code
 * loop.create_unix_server}.
 */
public final class UnixServerOptions {

  private static final int DEFAULT_BACKLOG = 100;

  private final SocketAddress address;
  private final int backlog;
  private final boolean cleanupSocket;
  private final boolean startServing;
  private final Optional<TlsOptions> tls;
  private final int maxConnections;

  private UnixServerOptions(
      SocketAddress address,
      int backlog,
      boolean cleanupSocket,
      boolean startServing,
      Optional<TlsOptions> tls,
      int maxConnections) {
    UnixAddresses.require(address, "address");
    ServerKey.require(requireNonNull(tls, "tls"));
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog must be at least 1: " + backlog);
    }
    ConnectionLimits.require(maxConnections);
    this.address = address;
    this.backlog = backlog;
    this.cleanupSocket = cleanupSocket;
    this.startServing = startServing;
    this.tls = tls;
    this.maxConnections = maxConnections;
  }

  /**
   * Returns options for a socket file.
   *
   * @param path the file, which the server creates
   * @return the options
   * @throws IllegalArgumentException if the path is empty or does not belong to the default file
   *     system
   */
  public static UnixServerOptions on(Path path) {
    return on(UnixDomainSocketAddress.of(path));
  }

  /**
   * Returns options for a name that has no file.
   *
   * @param name the name, without a leading NUL; 1 to 107 bytes of UTF-8
   * @return the options
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static UnixServerOptions onAbstract(String name) {
    return on(AbstractUnixAddress.of(name));
  }

  /**
   * Returns options for an address.
   *
   * @param address a {@link UnixDomainSocketAddress} with a path, or an {@link AbstractUnixAddress}
   * @return the options
   * @throws IllegalArgumentException if the address is of another kind, or its path is empty
   */
  public static UnixServerOptions on(SocketAddress address) {
    return new UnixServerOptions(
        address, DEFAULT_BACKLOG, true, true, Optional.empty(), ConnectionLimits.NONE);
  }

  /**
   * Returns these options with the given backlog.
   *
   * @param changed the number of connections that may wait to be accepted
   * @return the options
   * @throws IllegalArgumentException if it is not positive
   */
  public UnixServerOptions withBacklog(int changed) {
    return new UnixServerOptions(
        address, changed, cleanupSocket, startServing, tls, maxConnections);
  }

  /**
   * Returns these options with or without deletion of the socket file on closing.
   *
   * @param changed whether closing deletes it
   * @return the options
   */
  public UnixServerOptions withCleanupSocket(boolean changed) {
    return new UnixServerOptions(address, backlog, changed, startServing, tls, maxConnections);
  }

  /**
   * Returns these options with or without accepting connections at once.
   *
   * @param changed whether to accept at once
   * @return the options
   */
  public UnixServerOptions withStartServing(boolean changed) {
    return new UnixServerOptions(address, backlog, cleanupSocket, changed, tls, maxConnections);
  }

  /**
   * Returns these options with TLS.
   *
   * @param changed the TLS options, with a context that holds the server's key
   * @return the options
   * @throws IllegalArgumentException if it has no context
   */
  public UnixServerOptions withTls(TlsOptions changed) {
    return new UnixServerOptions(
        address,
        backlog,
        cleanupSocket,
        startServing,
        Optional.of(requireNonNull(changed, "tls")),
        maxConnections);
  }

  /**
   * Returns these options with a limit of connections; see {@link
   * ServerOptions#withMaxConnections}.
   *
   * @param changed the maximum number of connections
   * @return the options; {@code createUnixServer} throws {@link UnsupportedOperationException} if
   *     the loop does not support this limit
   * @throws IllegalArgumentException if it is not positive
   */
  public UnixServerOptions withMaxConnections(int changed) {
    return new UnixServerOptions(address, backlog, cleanupSocket, startServing, tls, changed);
  }

  /** {@return a {@link UnixDomainSocketAddress} with a path, or an {@link AbstractUnixAddress}} */
  public SocketAddress address() {
    return address;
  }

  /** {@return the number of connections that may wait to be accepted} */
  public int backlog() {
    return backlog;
  }

  /**
   * {@return whether closing the server deletes its socket file, unless it belongs to another
   * server by then}
   */
  public boolean cleanupSocket() {
    return cleanupSocket;
  }

  /**
   * {@return whether to accept connections at once; otherwise they wait in the system's queue until
   * {@link Server#startServing()}}
   */
  public boolean startServing() {
    return startServing;
  }

  /** {@return the TLS options; absent for plain connections} */
  public Optional<TlsOptions> tls() {
    return tls;
  }

  /**
   * {@return the maximum number of connections of the server; {@link Integer#MAX_VALUE}, the
   * default, for no limit}
   */
  public int maxConnections() {
    return maxConnections;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnixServerOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "UnixServerOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("address", address);
    components.put("backlog", backlog);
    components.put("cleanupSocket", cleanupSocket);
    components.put("startServing", startServing);
    components.put("tls", tls);
    components.put("maxConnections", maxConnections);
    return components;
  }
}
