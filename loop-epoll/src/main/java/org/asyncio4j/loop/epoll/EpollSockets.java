package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.ProtocolFamily;
import org.asyncio4j.spi.readiness.ListenerSocket;
import org.asyncio4j.spi.readiness.Sockets;
import org.asyncio4j.spi.readiness.StreamSocket;

/** Opens sockets. */
final class EpollSockets implements Sockets {

  private final CallMemory memory;

  EpollSockets(CallMemory memory) {
    this.memory = memory;
  }

  @Override
  public StreamSocket openStream(ProtocolFamily family) throws IOException {
    return new EpollStreamSocket(LinuxSocket.open(memory, family));
  }

  @Override
  public ListenerSocket openListener(ProtocolFamily family) throws IOException {
    return new EpollListenerSocket(LinuxSocket.open(memory, family));
  }
}
