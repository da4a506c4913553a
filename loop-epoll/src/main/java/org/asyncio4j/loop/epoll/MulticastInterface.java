package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.jspecify.annotations.Nullable;

/**
 * The interface on which a socket sends to groups, which each address family identifies
 * differently.
 */
final class MulticastInterface {

  private MulticastInterface() {}

  static @Nullable NetworkInterface get(LinuxSocket socket, int level, int name)
      throws IOException {
    if (socket.isIpv6()) {
      int index = socket.option(level, name);
      return index == 0 ? null : NetworkInterface.getByIndex(index);
    }
    // The kernel returns the address that was set with the index, not the index.
    InetAddress address = InetAddress.getByAddress(socket.bytesOption(level, name));
    return address.isAnyLocalAddress() ? null : NetworkInterface.getByInetAddress(address);
  }

  static void set(LinuxSocket socket, int level, int name, NetworkInterface on) throws IOException {
    if (socket.isIpv6()) {
      socket.setOption(level, name, on.getIndex());
      return;
    }
    byte[] address =
        on.inetAddresses()
            .filter(Inet4Address.class::isInstance)
            .findFirst()
            .map(InetAddress::getAddress)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "interface must have an IPv4 address: %s has none; use an IPv6 socket"
                        .formatted(on)));
    socket.setInterface(level, name, address, on.getIndex());
  }
}
