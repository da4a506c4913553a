package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Where and how to serve: the arguments of {@code loop.create_server}.
 *
 * @param hosts names or literal addresses; none means all interfaces, of both families
 * @param port the port; 0 lets the system choose one a socket
 * @param backlog how many connections may wait to be accepted
 * @param reuseAddress whether an address that lingers from an earlier server may be used
 * @param reusePort whether other sockets may serve the same address and port; not every loop can
 * @param keepAlive whether accepted connections send keep-alive probes
 * @param startServing whether to accept connections at once; otherwise they wait in the system's
 *     queue until {@link Server#startServing()}
 * @param tls how to speak TLS with clients; absent for plain connections
 * @param nameResolution who finds the addresses of the hosts; the loop's if absent
 * @param maxConnections how many connections the server has at most; {@link Integer#MAX_VALUE}, the
 *     default, for no limit. See {@link #withMaxConnections}
 */
public record ServerOptions(
    List<String> hosts,
    int port,
    int backlog,
    boolean reuseAddress,
    boolean reusePort,
    boolean keepAlive,
    boolean startServing,
    Optional<TlsOptions> tls,
    Optional<NameResolution> nameResolution,
    int maxConnections) {

  private static final int DEFAULT_BACKLOG = 100;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a host is empty, the port is out of range or the backlog is
   *     not positive, the connections are limited to none, or TLS has no context
   */
  public ServerOptions {
    hosts = List.copyOf(requireNonNull(hosts, "hosts"));
    if (hosts.contains("")) {
      throw new IllegalArgumentException(
          "hosts must be names or addresses but one was empty; leave the list empty to serve on all"
              + " interfaces");
    }
    requireNonNull(tls, "tls");
    requireNonNull(nameResolution, "nameResolution");
    Ports.require(port, 0, "port");
    TlsOptions.requireKey(tls);
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog must be at least 1 but was " + backlog);
    }
    ConnectionLimits.require(maxConnections);
  }

  /**
   * Returns options for one host.
   *
   * @param host a name or a literal address
   * @param port the port, or 0 for one that the system chooses
   * @return the options
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   */
  public static ServerOptions on(String host, int port) {
    return new ServerOptions(
        List.of(host),
        port,
        DEFAULT_BACKLOG,
        true,
        false,
        false,
        true,
        Optional.empty(),
        Optional.empty(),
        ConnectionLimits.NONE);
  }

  /**
   * Returns options for all interfaces of this machine.
   *
   * @param port the port, or 0 for one that the system chooses
   * @return the options
   * @throws IllegalArgumentException if the port is out of range
   */
  public static ServerOptions onAllInterfaces(int port) {
    return new ServerOptions(
        List.of(),
        port,
        DEFAULT_BACKLOG,
        true,
        false,
        false,
        true,
        Optional.empty(),
        Optional.empty(),
        ConnectionLimits.NONE);
  }

  /**
   * Returns these options with other hosts.
   *
   * @param changed names or literal addresses
   * @return the options
   * @throws IllegalArgumentException if one is empty
   */
  public ServerOptions withHosts(List<String> changed) {
    return new ServerOptions(
        changed,
        port,
        backlog,
        reuseAddress,
        reusePort,
        keepAlive,
        startServing,
        tls,
        nameResolution,
        maxConnections);
  }

  /**
   * Returns these options with another backlog.
   *
   * @param changed how many connections may wait to be accepted
   * @return the options
   * @throws IllegalArgumentException if it is not positive
   */
  public ServerOptions withBacklog(int changed) {
    return new ServerOptions(
        hosts,
        port,
        changed,
        reuseAddress,
        reusePort,
        keepAlive,
        startServing,
        tls,
        nameResolution,
        maxConnections);
  }

  /**
   * Returns these options with another answer to whether lingering addresses may be used.
   *
   * @param changed whether they may
   * @return the options
   */
  public ServerOptions withReuseAddress(boolean changed) {
    return new ServerOptions(
        hosts,
        port,
        backlog,
        changed,
        reusePort,
        keepAlive,
        startServing,
        tls,
        nameResolution,
        maxConnections);
  }

  /**
   * Returns these options with another answer to whether several sockets may serve the same port.
   *
   * @param changed whether they may
   * @return the options
   */
  public ServerOptions withReusePort(boolean changed) {
    return new ServerOptions(
        hosts,
        port,
        backlog,
        reuseAddress,
        changed,
        keepAlive,
        startServing,
        tls,
        nameResolution,
        maxConnections);
  }

  /**
   * Returns these options with another answer to whether connections are kept alive.
   *
   * @param changed whether they are
   * @return the options
   */
  public ServerOptions withKeepAlive(boolean changed) {
    return new ServerOptions(
        hosts,
        port,
        backlog,
        reuseAddress,
        reusePort,
        changed,
        startServing,
        tls,
        nameResolution,
        maxConnections);
  }

  /**
   * Returns these options with another answer to whether to accept connections at once.
   *
   * @param changed whether to
   * @return the options
   */
  public ServerOptions withStartServing(boolean changed) {
    return new ServerOptions(
        hosts,
        port,
        backlog,
        reuseAddress,
        reusePort,
        keepAlive,
        changed,
        tls,
        nameResolution,
        maxConnections);
  }

  /**
   * Returns these options with TLS.
   *
   * @param changed how to speak it; with a context that holds the server's key
   * @return the options
   * @throws IllegalArgumentException if it has no context
   */
  public ServerOptions withTls(TlsOptions changed) {
    return new ServerOptions(
        hosts,
        port,
        backlog,
        reuseAddress,
        reusePort,
        keepAlive,
        startServing,
        Optional.of(requireNonNull(changed, "tls")),
        nameResolution,
        maxConnections);
  }

  /**
   * Returns these options with another way to find the addresses of the hosts than the loop's.
   *
   * @param changed who finds them, and how long that may take
   * @return the options
   */
  public ServerOptions withNameResolution(NameResolution changed) {
    return new ServerOptions(
        hosts,
        port,
        backlog,
        reuseAddress,
        reusePort,
        keepAlive,
        startServing,
        tls,
        Optional.of(requireNonNull(changed, "changed")),
        maxConnections);
  }

  /**
   * Returns these options with a limit of connections. While the server has that many, it accepts
   * no other: clients that connect wait in the system's backlog, and the next of them is accepted
   * when a connection has ended and its socket is closed. All listening sockets of the server count
   * together, and so do connections whose TLS handshake is not done yet.
   *
   * <p>What bounds a client that the server knows nothing of yet: this limit; with TLS, the limits
   * of the handshake, {@link TlsOptions}. Connections that are idle keep their places: end them
   * after a time.
   *
   * @param changed how many connections there may be
   * @return the options; {@code createServer} throws {@link UnsupportedOperationException} if the
   *     loop has no such limit
   * @throws IllegalArgumentException if it is not positive
   */
  public ServerOptions withMaxConnections(int changed) {
    return new ServerOptions(
        hosts,
        port,
        backlog,
        reuseAddress,
        reusePort,
        keepAlive,
        startServing,
        tls,
        nameResolution,
        changed);
  }
}
