package org.asyncio4j.net.options;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.tls.TlsOptions;
import org.jspecify.annotations.Nullable;

/**
 * The options of a server on a listening socket: the arguments of {@code loop.create_server} with
 * {@code sock}.
 */
public final class SocketServerOptions {

  private final AsyncServerSocket socket;
  private final int backlog;
  private final boolean cleanupSocket;
  private final boolean startServing;
  private final Optional<TlsOptions> tls;
  private final int maxConnections;

  private SocketServerOptions(
      AsyncServerSocket socket,
      int backlog,
      boolean cleanupSocket,
      boolean startServing,
      Optional<TlsOptions> tls,
      int maxConnections) {
    requireNonNull(socket, "socket");
    ServerKey.require(requireNonNull(tls, "tls"));
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog must be at least 1: " + backlog);
    }
    ConnectionLimits.require(maxConnections);
    this.socket = socket;
    this.backlog = backlog;
    this.cleanupSocket = cleanupSocket;
    this.startServing = startServing;
    this.tls = tls;
    this.maxConnections = maxConnections;
  }

  /**
   * Returns options for a socket.
   *
   * @param socket a bound socket
   * @return the options
   */
  public static SocketServerOptions on(AsyncServerSocket socket) {
    return new SocketServerOptions(
        socket,
        AsyncServerSocket.DEFAULT_BACKLOG,
        true,
        true,
        Optional.empty(),
        ConnectionLimits.NONE);
  }

  /**
   * Returns these options with the given backlog.
   *
   * @param changed the number of connections that may wait to be accepted
   * @return the options
   * @throws IllegalArgumentException if it is not positive
   */
  public SocketServerOptions withBacklog(int changed) {
    return new SocketServerOptions(
        socket, changed, cleanupSocket, startServing, tls, maxConnections);
  }

  /**
   * Returns these options with or without deletion of the file of a Unix socket.
   *
   * @param changed whether closing the server deletes it
   * @return the options
   */
  public SocketServerOptions withCleanupSocket(boolean changed) {
    return new SocketServerOptions(socket, backlog, changed, startServing, tls, maxConnections);
  }

  /**
   * Returns these options with or without accepting connections at once.
   *
   * @param changed whether to accept at once
   * @return the options
   */
  public SocketServerOptions withStartServing(boolean changed) {
    return new SocketServerOptions(socket, backlog, cleanupSocket, changed, tls, maxConnections);
  }

  /**
   * Returns these options with TLS.
   *
   * @param changed the TLS options, with a context that holds the server's key
   * @return the options
   * @throws IllegalArgumentException if it has no context
   */
  public SocketServerOptions withTls(TlsOptions changed) {
    return new SocketServerOptions(
        socket,
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
   * @return the options; {@code createServer} throws {@link UnsupportedOperationException} if the
   *     loop does not support this limit
   * @throws IllegalArgumentException if it is not positive
   */
  public SocketServerOptions withMaxConnections(int changed) {
    return new SocketServerOptions(socket, backlog, cleanupSocket, startServing, tls, changed);
  }

  /** {@return a bound socket, which belongs to the server from then on} */
  public AsyncServerSocket socket() {
    return socket;
  }

  /**
   * {@return the number of connections that may wait to be accepted, on systems where that can be
   * changed}
   */
  public int backlog() {
    return backlog;
  }

  /**
   * {@return whether closing the server deletes the file of a Unix socket, unless it belongs to
   * another server by then (asyncio, 3.13)}
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
    return other instanceof SocketServerOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "SocketServerOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("socket", socket);
    components.put("backlog", backlog);
    components.put("cleanupSocket", cleanupSocket);
    components.put("startServing", startServing);
    components.put("tls", tls);
    components.put("maxConnections", maxConnections);
    return components;
  }
}
