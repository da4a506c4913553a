package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.jspecify.annotations.Nullable;

/**
 * A Unix datagram socket.
 *
 * <p>When a datagram finds the peer of a connected socket gone, Linux disconnects the socket. This
 * class keeps the address and reconnects for the next datagram.
 */
final class EpollUnixDatagramSocket extends EpollSocket implements DatagramSocket {

  private final DatagramCalls calls;

  // Set on connecting; kept after closing.
  private @Nullable SocketAddress remoteAddress;
  private boolean peerGone;

  EpollUnixDatagramSocket(LinuxSocket socket, CallMemory memory) {
    super(socket, SocketOptions.UNIX_DATAGRAM);
    this.calls = new DatagramCalls(socket, memory);
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
    // The requested address: the system may return a relative path, or nothing once the peer is
    // gone.
    remoteAddress = remote;
    peerGone = false;
  }

  @Override
  public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
    int start = target.position();
    SocketAddress from = calls.receive(target);
    while (from != null && peerGone && !from.equals(remoteAddress)) {
      // Connected sockets receive only from their peer, but this one is temporarily unconnected.
      target.position(start);
      from = calls.receive(target);
    }
    return from;
  }

  @Override
  public boolean send(ByteBuffer source, @Nullable SocketAddress to) throws IOException {
    if (to == null && peerGone && remoteAddress != null) {
      calls.reconnect(remoteAddress);
      peerGone = false;
    }
    try {
      return calls.send(source, to);
    } catch (PortUnreachableException e) {
      peerGone = remoteAddress != null && socket().remoteAddress() == null;
      throw e;
    }
  }

  /** Linux reports room in the receiver's queue only if the socket is connected to it. */
  @Override
  public boolean tellsRoomFor(@Nullable SocketAddress to) {
    return remoteAddress != null && !peerGone && (to == null || to.equals(remoteAddress));
  }

  @Override
  public void joinGroup(InetAddress group, NetworkInterface on) {
    throw noGroups();
  }

  @Override
  public void leaveGroup(InetAddress group, NetworkInterface on) {
    throw noGroups();
  }

  private static UnsupportedOperationException noGroups() {
    return new UnsupportedOperationException(
        "cannot join or leave a group: this is a Unix socket; use createDatagramEndpoint");
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(remoteAddress);
  }
}
