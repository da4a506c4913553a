package org.asyncio4j.spi.internal.serve;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.LinkedHashSet;
import java.util.Set;

/** The addresses that a server can be bound to. */
final class LocalAddresses {

  private LocalAddresses() {}

  /**
   * Removes the IPv4 wildcard if the IPv6 wildcard is present, which accepts connections of both
   * families: the system would report that the port is in use.
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
   * Returns whether this machine has an address. Exceptions do not distinguish that from a port in
   * use, because Java has no error numbers.
   */
  static boolean has(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet4Address && address.isLoopbackAddress())) {
      return true; // all of 127.0.0.0/8 can be bound, though interfaces have only one
    }
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException unknown) {
      return true;
    }
  }
}
