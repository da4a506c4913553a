package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.jspecify.annotations.Nullable;

/** A UDP socket. */
final class EpollUdpSocket extends EpollSocket implements DatagramSocket {

  private final DatagramCalls calls;

  // Set on connecting; kept after closing.
  private @Nullable SocketAddress remoteAddress;

  private EpollUdpSocket(LinuxSocket socket, DatagramCalls calls) {
    super(socket, socket.isIpv6() ? SocketOptions.DATAGRAM6 : SocketOptions.DATAGRAM4);
    this.calls = calls;
  }

  static EpollUdpSocket of(LinuxSocket socket, CallMemory memory) throws IOException {
    DatagramCalls calls = new DatagramCalls(socket, memory);
    try {
      calls.receiveOnlyJoinedGroups();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return new EpollUdpSocket(socket, calls);
  }

  @Override
  public void bind(SocketAddress local) throws IOException {
    socket().bind(local);
    localAddressChanged();
  }

  @Override
  public void connect(SocketAddress remote) throws IOException {
    boolean ignored = socket().connect(remote); // does not block
    localAddressChanged();
    remoteAddress = socket().remoteAddress();
  }

  @Override
  public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
    return calls.receive(target);
  }

  @Override
  public boolean send(ByteBuffer source, @Nullable SocketAddress to) throws IOException {
    return calls.send(source, to);
  }

  @Override
  public void joinGroup(InetAddress group, NetworkInterface on) throws IOException {
    calls.joinGroup(group, on);
  }

  @Override
  public void leaveGroup(InetAddress group, NetworkInterface on) throws IOException {
    calls.leaveGroup(group, on);
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(remoteAddress);
  }
}
