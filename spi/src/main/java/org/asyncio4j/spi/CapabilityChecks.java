package org.asyncio4j.spi;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.net.tls.TlsOptions;

/** Rejects operations whose capability a loop does not declare, and names the capability. */
final class CapabilityChecks {

  private final BaseEventLoop loop;
  private final String name;

  CapabilityChecks(BaseEventLoop loop, String name) {
    this.loop = loop;
    this.name = name;
  }

  /** Returns the capability that streams need: the given one, or the one for Unix sockets. */
  static Capability ofStreams(SocketAddress address, Capability internet) {
    return address instanceof InetSocketAddress ? internet : Capability.UNIX_STREAM;
  }

  void require(Capability capability) {
    if (!loop.capabilities().contains(capability)) {
      throw lacking(capability);
    }
  }

  void requireUnix(SocketAddress address) {
    require(Capability.UNIX_STREAM);
    if (address instanceof AbstractUnixAddress) {
      require(Capability.UNIX_ABSTRACT);
    }
  }

  void requireTls(Optional<TlsOptions> wanted) {
    if (wanted.isPresent()) {
      require(Capability.TLS);
    }
  }

  void requireLimit(int maxConnections) {
    if (maxConnections < Integer.MAX_VALUE) {
      require(Capability.CONNECTION_LIMIT);
    }
  }

  UnsupportedOperationException lacking(Capability capability) {
    return new UnsupportedOperationException(refusal(capability));
  }

  /** Returns the message that names the missing capability. */
  String refusal(Capability capability) {
    return "loop %s does not support %s, only %s; use another loop"
        .formatted(name, capability, loop.capabilities());
  }
}
