package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Optional;

/**
 * Where and how to send and receive datagrams: the arguments of {@code
 * loop.create_datagram_endpoint}. Addresses that are not resolved are looked up by the loop.
 *
 * @param localAddress where to receive; chosen by the system if absent
 * @param remoteAddress the only address to send to. Unless {@code broadcast} is set, the socket is
 *     connected to it: it receives from this address alone, and hears of errors
 * @param family {@code INET} or {@code INET6}: which addresses to use of names that have both, and
 *     which socket to make where there is no address
 * @param reusePort whether other sockets may receive at the same address and port; not every loop
 *     can
 * @param broadcast whether datagrams may be sent to broadcast addresses; the socket is not
 *     connected then
 */
public record DatagramOptions(
    Optional<InetSocketAddress> localAddress,
    Optional<InetSocketAddress> remoteAddress,
    Optional<StandardProtocolFamily> family,
    boolean reusePort,
    boolean broadcast) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if there is neither an address nor a family, if the family is
   *     neither {@code INET} nor {@code INET6}, or if the port of the remote address is 0
   */
  public DatagramOptions {
    requireNonNull(localAddress, "localAddress");
    requireNonNull(remoteAddress, "remoteAddress");
    requireNonNull(family, "family");
    if (localAddress.isEmpty() && remoteAddress.isEmpty() && family.isEmpty()) {
      throw new IllegalArgumentException(
          "options must have a localAddress, a remoteAddress or a family but have none of them");
    }
    if (family.filter(DatagramOptions::isNotOfInternet).isPresent()) {
      throw new IllegalArgumentException(
          "family must be INET or INET6 but was " + family.orElseThrow());
    }
    if (remoteAddress.isPresent()) {
      int ignored = Ports.require(remoteAddress.get().getPort(), 1, "port of remoteAddress");
    }
  }

  /**
   * Returns options for an endpoint that receives at an address, and sends to any.
   *
   * @param host a name or a literal address of this machine
   * @param port the port, or 0 for one that the system chooses
   * @return the options
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   */
  public static DatagramOptions boundTo(String host, int port) {
    return new DatagramOptions(
        Optional.of(address(host, Ports.require(port, 0, "port"))),
        Optional.empty(),
        Optional.empty(),
        false,
        false);
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
    return new DatagramOptions(
        Optional.empty(),
        Optional.of(address(host, Ports.require(port, 1, "port"))),
        Optional.empty(),
        false,
        false);
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
   * Returns these options with another local address.
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
   * Returns these options with another remote address.
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
   * Returns these options with another family.
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
   * Returns these options with another answer to whether several sockets may share the port.
   *
   * @param changed whether they may
   * @return the options
   */
  public DatagramOptions withReusePort(boolean changed) {
    return new DatagramOptions(localAddress, remoteAddress, family, changed, broadcast);
  }

  /**
   * Returns these options with another answer to whether to send to broadcast addresses.
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
      throw new IllegalArgumentException("host must be a name or an address but was empty");
    }
    return InetSocketAddress.createUnresolved(host, port);
  }
}
