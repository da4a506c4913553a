package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.Pollable;
import org.asyncio4j.spi.driver.SendableFile;
import org.asyncio4j.spi.driver.Sockets;
import org.asyncio4j.spi.driver.StreamSocket;

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
  public DatagramSocket openDatagram(ProtocolFamily family) throws IOException {
    LinuxSocket socket = LinuxSocket.openDatagram(memory, family);
    return socket.isUnix()
        ? new EpollUnixDatagramSocket(socket, memory)
        : EpollUdpSocket.of(socket, memory);
  }

  @Override
  public Pollable watchable(Watchable foreign) {
    return switch (foreign) {
      case Watchable.OfDescriptor(int number) -> new ForeignDescriptor(number);
      case Watchable.OfChannel _, Watchable.OfSocket _ ->
          throw new UnsupportedOperationException(
              "cannot watch %s on the loop epoll: it needs a file descriptor; use Watchable.ofDescriptor, or the loop nio for channels of the JDK"
                  .formatted(foreign));
    };
  }

  @Override
  public ByteBuffer allocateBuffer(int bytes) {
    return memory.vector.allocate(bytes);
  }

  @Override
  public SendableFile openFile(FileRegion.Source source) throws IOException {
    return LinuxFile.open(memory, source);
  }
}
