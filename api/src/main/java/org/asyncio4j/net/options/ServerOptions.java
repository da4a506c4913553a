package org.asyncio4j.net.options;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.tls.TlsOptions;
import org.jspecify.annotations.Nullable;

/** The address and the options of a server: the arguments of {@code loop.create_server}. */
public final class ServerOptions {

  private static final int DEFAULT_BACKLOG = 100;

  private final List<String> hosts;
  private final int port;
  private final int backlog;
  private final boolean reuseAddress;
  private final boolean reusePort;
  private final boolean keepAlive;
  private final boolean startServing;
  private final Optional<TlsOptions> tls;
  private final Optional<NameResolution> nameResolution;
  private final int maxConnections;

  private ServerOptions(
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
    hosts = List.copyOf(requireNonNull(hosts, "hosts"));
    if (hosts.contains("")) {
      throw new IllegalArgumentException(
          "hosts must not contain an empty name; leave the list empty to serve on all interfaces");
    }
    requireNonNull(tls, "tls");
    requireNonNull(nameResolution, "nameResolution");
    Ports.require(port, 0, "port");
    ServerKey.require(tls);
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog must be at least 1: " + backlog);
    }
    ConnectionLimits.require(maxConnections);
    this.hosts = hosts;
    this.port = port;
    this.backlog = backlog;
    this.reuseAddress = reuseAddress;
    this.reusePort = reusePort;
    this.keepAlive = keepAlive;
    this.startServing = startServing;
    this.tls = tls;
    this.nameResolution = nameResolution;
    this.maxConnections = maxConnections;
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
   * Returns these options with the given hosts.
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
   * Returns these options with the given backlog.
   *
   * @param changed the number of connections that may wait to be accepted
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
   * Returns these options with or without the use of lingering addresses.
   *
   * @param changed whether it is allowed
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
   * Returns these options with or without sharing of the port by several sockets.
   *
   * @param changed whether it is allowed
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
   * Returns these options with or without keep-alive probes on connections.
   *
   * @param changed whether they are sent
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
   * Returns these options with or without accepting connections at once.
   *
   * @param changed whether to accept at once
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
   * @param changed the TLS options, with a context that holds the server's key
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
   * Returns these options with the given name resolution in place of the loop's.
   *
   * @param changed the resolver and its time limit
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
   * Returns these options with a limit of connections. While the server has that number of
   * connections, it accepts no others: connecting clients wait in the system's backlog, and the
   * next one is accepted when a connection has ended and its socket is closed. The limit applies to
   * all listening sockets of the server together, and includes connections whose TLS handshake is
   * not done yet.
   *
   * <p>Clients that are not authenticated yet are bounded by this limit and, with TLS, by the
   * limits of the handshake: see {@link TlsOptions}. Idle connections count towards the limit:
   * close them after some time.
   *
   * @param changed the maximum number of connections
   * @return the options; {@code createServer} throws {@link UnsupportedOperationException} if the
   *     loop does not support this limit
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

  /** {@return names or literal addresses; if empty, all interfaces of both families} */
  public List<String> hosts() {
    return hosts;
  }

  /** {@return the port; 0 lets the system choose a port for each socket} */
  public int port() {
    return port;
  }

  /** {@return the number of connections that may wait to be accepted} */
  public int backlog() {
    return backlog;
  }

  /** {@return whether an address that lingers from an earlier server may be used} */
  public boolean reuseAddress() {
    return reuseAddress;
  }

  /**
   * {@return whether other sockets may serve the same address and port; not every loop supports
   * this}
   */
  public boolean reusePort() {
    return reusePort;
  }

  /** {@return whether accepted connections send keep-alive probes} */
  public boolean keepAlive() {
    return keepAlive;
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

  /** {@return the name resolution; the loop's if absent} */
  public Optional<NameResolution> nameResolution() {
    return nameResolution;
  }

  /**
   * {@return the maximum number of connections of the server; {@link Integer#MAX_VALUE}, the
   * default, for no limit} See {@link #withMaxConnections}.
   */
  public int maxConnections() {
    return maxConnections;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServerOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "ServerOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("hosts", hosts);
    components.put("port", port);
    components.put("backlog", backlog);
    components.put("reuseAddress", reuseAddress);
    components.put("reusePort", reusePort);
    components.put("keepAlive", keepAlive);
    components.put("startServing", startServing);
    components.put("tls", tls);
    components.put("nameResolution", nameResolution);
    components.put("maxConnections", maxConnections);
    return components;
  }
}
