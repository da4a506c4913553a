package org.asyncio4j.spi.internal.family;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Optional;
import java.util.Set;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.spi.Capability;

/** The families of addresses, and the capabilities that sockets for them need. */
public final class SocketFamilies {

  private SocketFamilies() {}

  /** Returns the family of the socket that an address needs. */
  public static ProtocolFamily of(SocketAddress address) {
    return switch (address) {
      case InetSocketAddress internet when internet.getAddress() instanceof Inet6Address ->
          StandardProtocolFamily.INET6;
      case InetSocketAddress internet -> StandardProtocolFamily.INET;
      default -> StandardProtocolFamily.UNIX;
    };
  }

  /** Throws unless a loop has what streams to or at an address need. */
  public static void requireStreams(
      Set<Capability> capabilities, SocketAddress address, Capability internet, String operation) {
    boolean unix = of(address) == StandardProtocolFamily.UNIX;
    require(capabilities, unix ? Capability.UNIX_STREAM : internet, operation);
    if (address instanceof AbstractUnixAddress) {
      require(capabilities, Capability.UNIX_ABSTRACT, operation);
    }
  }

  /** Throws unless a loop has what datagrams of a family need, to or at an address if given. */
  public static void requireDatagrams(
      Set<Capability> capabilities,
      ProtocolFamily family,
      Optional<SocketAddress> address,
      String operation) {
    boolean unix = family == StandardProtocolFamily.UNIX;
    require(capabilities, unix ? Capability.UNIX_DATAGRAM : Capability.UDP, operation);
    if (address.filter(AbstractUnixAddress.class::isInstance).isPresent()) {
      require(capabilities, Capability.UNIX_ABSTRACT, operation);
    }
  }

  /** Throws unless a loop has a capability. */
  public static void require(Set<Capability> capabilities, Capability needed, String operation) {
    if (!capabilities.contains(needed)) {
      throw new UnsupportedOperationException(
          "cannot call %s: this loop does not support %s, only %s; use another loop"
              .formatted(operation, needed, capabilities));
    }
  }
}
