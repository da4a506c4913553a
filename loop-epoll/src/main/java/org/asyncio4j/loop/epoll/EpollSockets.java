package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.ProtocolFamily;
import org.asyncio4j.spi.readiness.ListenerSocket;
import org.asyncio4j.spi.readiness.Sockets;
import org.asyncio4j.spi.readiness.StreamSocket;
import org.asyncio4j.spi.readiness.UdpSocket;

/** Opens sockets. */
final class EpollSockets implements Sockets {

  private final CallMemory memory;

  EpollSockets(CallMemory memory) {
    this.memory = memory;
  }

  @Override
  public StreamSocket openStream(ProtocolFamily family) throws IOException {
    return new EpollStreamSocket(LinuxSocket.openStream(memory, family));
  }

  @Override
  public ListenerSocket openListener(ProtocolFamily family) throws IOException {
    return new EpollListenerSocket(LinuxSocket.openStream(memory, family));
  }

  @Override
  public UdpSocket openUdp(ProtocolFamily family) throws IOException {
    return EpollUdpSocket.of(LinuxSocket.openDatagram(memory, family), memory);
  }
}
