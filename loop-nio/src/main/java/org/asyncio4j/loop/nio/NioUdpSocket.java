package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.jspecify.annotations.Nullable;

/** A UDP socket on a {@link DatagramChannel}. */
final class NioUdpSocket extends NioSocket<DatagramChannel> implements DatagramSocket {

  private final Map<Group, MembershipKey> memberships = new HashMap<>();

  // Kept because a closed channel forgets it.
  private @Nullable SocketAddress remoteAddress;

  NioUdpSocket(NioResources resources, DatagramChannel channel) {
    super(resources, channel);
  }

  private record Group(InetAddress address, NetworkInterface on) {}

  @Override
  public void bind(SocketAddress local) throws IOException {
    channel().bind(local);
  }

  @Override
  public void connect(SocketAddress remote) throws IOException {
    channel().connect(remote);
    remoteAddress = channel().getRemoteAddress();
  }

  @Override
  public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
    return channel().receive(target);
  }

  @Override
  public boolean send(ByteBuffer source, @Nullable SocketAddress to) throws IOException {
    int length = source.remaining();
    if (to != null) {
      int sent = channel().send(source, to);
      // The channel returns 0 both if nothing was sent and if an empty datagram was sent.
      return length == 0 || sent == length;
    }
    if (length == 0) {
      throw new IOException(
          "cannot send an empty datagram: a connected channel of java.nio does not send it; use the"
              + " loop epoll, or leave remoteAddress out and pass the address to sendTo");
    }
    return channel().write(source) == length;
  }

  @Override
  public void joinGroup(InetAddress group, NetworkInterface on) throws IOException {
    memberships.put(new Group(group, on), channel().join(group, on));
  }

  @Override
  public void leaveGroup(InetAddress group, NetworkInterface on) {
    MembershipKey membership = memberships.remove(new Group(group, on));
    if (membership != null) {
      membership.drop();
    }
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(remoteAddress);
  }
}
