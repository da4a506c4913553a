package org.asyncio4j.spi;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which addresses a server can be bound to. */
final class LocalAddresses {

  private LocalAddresses() {}

  /**
   * Leaves out the IPv4 wildcard beside that of IPv6, which takes connections of both families: the
   * system would say that the port is taken.
   */
  static Set<InetSocketAddress> withoutCovered(Set<InetSocketAddress> addresses) {
    Set<InetSocketAddress> left = new LinkedHashSet<>(addresses);
    boolean both =
        addresses.stream().map(InetSocketAddress::getAddress).anyMatch(LocalAddresses::takesBoth);
    if (both) {
      left.removeIf(
          address -> address.getAddress().isAnyLocalAddress() && !takesBoth(address.getAddress()));
    }
    return left;
  }

  private static boolean takesBoth(InetAddress address) {
    return address.isAnyLocalAddress() && !(address instanceof Inet4Address);
  }

  /**
   * Returns whether this machine has an address. Exceptions do not tell that apart from a port that
   * is taken: Java has no error numbers.
   */
  static boolean has(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet4Address && address.isLoopbackAddress())) {
      return true; // of 127.0.0.0/8 interfaces have one, and all can be bound
    }
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException unknown) {
      return true;
    }
  }
}
