package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.hooks.SocketRequest;
import org.asyncio4j.spi.internal.net.NetworkLoop;

/** Opens sockets for direct use. */
final class DirectSockets {

  private final NetworkLoop loop;
  private final CapabilityChecks checks;

  DirectSockets(NetworkLoop loop, CapabilityChecks checks) {
    this.loop = loop;
    this.checks = checks;
  }

  AsyncSocket openSocket(ProtocolFamily family) throws IOException {
    requireSockets(requireNonNull(family, "family"), Capability.UNIX_STREAM);
    return loop.hooks().makeSocket(new SocketRequest(family));
  }

  AsyncServerSocket openServerSocket(ProtocolFamily family) throws IOException {
    requireSockets(requireNonNull(family, "family"), Capability.UNIX_STREAM);
    return loop.hooks().makeServerSocket(new SocketRequest(family));
  }

  AsyncDatagramSocket openDatagramSocket(ProtocolFamily family) throws IOException {
    requireSockets(requireNonNull(family, "family"), Capability.UNIX_DATAGRAM);
    return loop.hooks().makeDatagramSocket(new SocketRequest(family));
  }

  private void requireSockets(ProtocolFamily family, Capability unix) {
    checks.require(Capability.SOCKETS);
    if (family == StandardProtocolFamily.UNIX) {
      checks.require(unix);
    }
    loop.ensureMaySchedule();
  }
}
