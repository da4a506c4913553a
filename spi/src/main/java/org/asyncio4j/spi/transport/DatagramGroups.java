package org.asyncio4j.spi.transport;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.Set;
import org.asyncio4j.net.socket.TransportSocket;

/** The multicast groups that one endpoint has joined. */
final class DatagramGroups {

  private final TransportSocket socket;
  private final DatagramBackend backend;
  private final Set<Membership> memberships = new HashSet<>();

  DatagramGroups(TransportSocket socket, DatagramBackend backend) {
    this.socket = socket;
    this.backend = backend;
  }

  private record Membership(InetAddress group, NetworkInterface on) {}

  void join(InetAddress group, NetworkInterface on) throws IOException {
    Membership membership =
        new Membership(requireNonNull(group, "group"), requireNonNull(on, "on"));
    requireGroup(group);
    if (!memberships.contains(membership)) {
      backend.joinGroup(group, on);
      memberships.add(membership);
    }
  }

  void leave(InetAddress group, NetworkInterface on) throws IOException {
    if (memberships.remove(
        new Membership(requireNonNull(group, "group"), requireNonNull(on, "on")))) {
      backend.leaveGroup(group, on);
    }
  }

  private void requireGroup(InetAddress group) {
    if (!group.isMulticastAddress()) {
      throw new IllegalArgumentException("group must be a multicast address: " + group);
    }
    boolean suits =
        socket.localAddress() instanceof InetSocketAddress local
            && local.getAddress() instanceof Inet4Address == group instanceof Inet4Address;
    if (!suits) {
      throw new IllegalArgumentException(
          "group must have the address family of the socket, %s: %s"
              .formatted(socket.localAddress(), group));
    }
  }
}
