package org.asyncio4j.net.options;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The addresses and the options of a datagram endpoint: the arguments of {@code
 * loop.create_datagram_endpoint}. The loop looks up unresolved addresses.
 */
public final class DatagramOptions {

  private final Optional<InetSocketAddress> localAddress;
  private final Optional<InetSocketAddress> remoteAddress;
  private final Optional<StandardProtocolFamily> family;
  private final boolean reusePort;
  private final boolean broadcast;

  private DatagramOptions(
      Optional<InetSocketAddress> localAddress,
      Optional<InetSocketAddress> remoteAddress,
      Optional<StandardProtocolFamily> family,
      boolean reusePort,
      boolean broadcast) {
    requireNonNull(localAddress, "localAddress");
    requireNonNull(remoteAddress, "remoteAddress");
    requireNonNull(family, "family");
    if (family.filter(DatagramOptions::isNotOfInternet).isPresent()) {
      throw new IllegalArgumentException("family must be INET or INET6: " + family.orElseThrow());
    }
    if (remoteAddress.isPresent()) {
      int ignored = Ports.require(remoteAddress.get().getPort(), 1, "port of remoteAddress");
    }
    this.localAddress = localAddress;
    this.remoteAddress = remoteAddress;
    this.family = family;
    this.reusePort = reusePort;
    this.broadcast = broadcast;
  }

  /**
   * Returns options for an endpoint that receives at an address and sends to any address.
   *
   * @param host a name or a literal address of this machine
   * @param port the port, or 0 for one that the system chooses
   * @return the options
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   */
  public static DatagramOptions boundTo(String host, int port) {
    return boundTo(address(host, Ports.require(port, 0, "port")));
  }

  /**
   * Returns options for an endpoint that receives at an address and sends to any address.
   *
   * @param address the address; port 0 lets the system choose
   * @return the options
   */
  public static DatagramOptions boundTo(InetSocketAddress address) {
    return new DatagramOptions(
        Optional.of(address), Optional.empty(), Optional.empty(), false, false);
  }

  /**
   * Returns options for an endpoint that exchanges datagrams with one address.
   *
   * @param address the address
   * @return the options
   * @throws IllegalArgumentException if its port is 0
   */
  public static DatagramOptions connectedTo(InetSocketAddress address) {
    return new DatagramOptions(
        Optional.empty(), Optional.of(address), Optional.empty(), false, false);
  }

  /**
   * Returns options for an endpoint that exchanges datagrams with one address.
   *
   * @param host a name or a literal address
   * @param port the port, 1 to 65535
   * @return the options
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   */
  public static DatagramOptions connectedTo(String host, int port) {
    return connectedTo(address(host, Ports.require(port, 1, "port")));
  }

  /**
   * Returns options for an endpoint on all interfaces, with a port that the system chooses.
   *
   * @param family {@code INET} or {@code INET6}
   * @return the options
   * @throws IllegalArgumentException if it is another family
   */
  public static DatagramOptions of(StandardProtocolFamily family) {
    return new DatagramOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.of(requireNonNull(family, "family")),
        false,
        false);
  }

  /**
   * Returns these options with the given local address.
   *
   * @param changed where to receive; port 0 lets the system choose
   * @return the options
   */
  public DatagramOptions withLocalAddress(InetSocketAddress changed) {
    return new DatagramOptions(
        Optional.of(requireNonNull(changed, "changed")),
        remoteAddress,
        family,
        reusePort,
        broadcast);
  }

  /**
   * Returns these options with the given remote address.
   *
   * @param changed the only address to send to
   * @return the options
   * @throws IllegalArgumentException if its port is 0
   */
  public DatagramOptions withRemoteAddress(InetSocketAddress changed) {
    return new DatagramOptions(
        localAddress,
        Optional.of(requireNonNull(changed, "changed")),
        family,
        reusePort,
        broadcast);
  }

  /**
   * Returns these options with the given family.
   *
   * @param changed {@code INET} or {@code INET6}
   * @return the options
   * @throws IllegalArgumentException if it is another family
   */
  public DatagramOptions withFamily(StandardProtocolFamily changed) {
    return new DatagramOptions(
        localAddress,
        remoteAddress,
        Optional.of(requireNonNull(changed, "changed")),
        reusePort,
        broadcast);
  }

  /**
   * Returns these options with or without sharing of the port by several sockets.
   *
   * @param changed whether it is allowed
   * @return the options
   */
  public DatagramOptions withReusePort(boolean changed) {
    return new DatagramOptions(localAddress, remoteAddress, family, changed, broadcast);
  }

  /**
   * Returns these options with or without sending to broadcast addresses.
   *
   * @param changed whether that is allowed
   * @return the options
   */
  public DatagramOptions withBroadcast(boolean changed) {
    return new DatagramOptions(localAddress, remoteAddress, family, reusePort, changed);
  }

  private static boolean isNotOfInternet(StandardProtocolFamily family) {
    return family != StandardProtocolFamily.INET && family != StandardProtocolFamily.INET6;
  }

  private static InetSocketAddress address(String host, int port) {
    if (requireNonNull(host, "host").isEmpty()) {
      throw new IllegalArgumentException("host must not be empty");
    }
    return InetSocketAddress.createUnresolved(host, port);
  }

  /** {@return where to receive; chosen by the system if absent} */
  public Optional<InetSocketAddress> localAddress() {
    return localAddress;
  }

  /**
   * {@return the only address to send to} Unless {@code broadcast} is set, the socket is connected
   * to it: it receives only from this address, and errors are reported.
   */
  public Optional<InetSocketAddress> remoteAddress() {
    return remoteAddress;
  }

  /**
   * {@return {@code INET} or {@code INET6}: it selects the addresses of a name that has both, and
   * the socket if there is no address}
   */
  public Optional<StandardProtocolFamily> family() {
    return family;
  }

  /**
   * {@return whether other sockets may receive at the same address and port; not every loop
   * supports this}
   */
  public boolean reusePort() {
    return reusePort;
  }

  /**
   * {@return whether datagrams may be sent to broadcast addresses; the socket is not connected
   * then}
   */
  public boolean broadcast() {
    return broadcast;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatagramOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "DatagramOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("localAddress", localAddress);
    components.put("remoteAddress", remoteAddress);
    components.put("family", family);
    components.put("reusePort", reusePort);
    components.put("broadcast", broadcast);
    return components;
  }
}
