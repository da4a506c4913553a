package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The system calls that are specific to datagram sockets. */
final class DatagramCalls {

  private static final int IPPROTO_IP = 0;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IP_MULTICAST_ALL = 49;
  private static final int IPV6_MULTICAST_ALL = 29;
  private static final int MCAST_JOIN_GROUP = 42;
  private static final int MCAST_LEAVE_GROUP = 45;

  private final LinuxSocket socket;
  private final CallMemory memory;

  DatagramCalls(LinuxSocket socket, CallMemory memory) {
    this.socket = socket;
    this.memory = memory;
  }

  @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("cannot receive into a read-only buffer");
    }
    int descriptor = socket.fd();
    MemorySegment segment = memory.datagrams().of(target, longest());
    long answer;
    do {
      answer =
          LinuxCalls.recvfrom(
              memory.state,
              descriptor,
              segment,
              segment.byteSize(),
              memory.address,
              memory.addressLength());
    } while (answer == -Errno.EINTR);
    if (answer == -Errno.EAGAIN) {
      return null;
    }
    if (answer < 0) {
      throw Errno.datagramException((int) -answer);
    }
    advance(target, segment.asSlice(0, answer));
    return socket.decode();
  }

  private static void advance(ByteBuffer target, MemorySegment received) {
    if (target.isDirect()) {
      target.position(target.position() + (int) received.byteSize());
    } else {
      target.put(received.asByteBuffer());
    }
  }

  /**
   * Restricts a socket to its own groups: by default Linux delivers datagrams of all groups that
   * any socket of the machine has joined.
   */
  void receiveOnlyJoinedGroups() throws IOException {
    socket.setOption(IPPROTO_IP, IP_MULTICAST_ALL, 0);
    if (socket.isIpv6()) {
      try {
        socket.setOption(IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
      } catch (IOException ignored) {
        // Linux before 4.20 has neither this option nor an alternative.
      }
    }
  }

  boolean send(ByteBuffer source, @Nullable SocketAddress to) throws IOException {
    int descriptor = socket.fd();
    if (socket.isUnix() && source.remaining() > DatagramMemory.UNIX_CAPACITY) {
      throw new SocketException(
          "cannot send a datagram of %d bytes: at most %d are allowed; send shorter ones"
              .formatted(source.remaining(), DatagramMemory.UNIX_CAPACITY));
    }
    MemorySegment segment = memory.datagrams().filled(source, longest());
    int addressLength = to == null ? 0 : socket.encode(to);
    MemorySegment address = to == null ? MemorySegment.NULL : memory.address;
    long answer;
    do {
      answer =
          LinuxCalls.sendto(
              memory.state, descriptor, segment, segment.byteSize(), address, addressLength);
    } while (answer == -Errno.EINTR);
    if (answer == -Errno.EAGAIN) {
      return false;
    }
    if (answer < 0) {
      throw Errno.datagramException((int) -answer);
    }
    source.position(source.limit());
    return true;
  }

  /** Reconnects a socket whose peer has gone, without blocking. */
  void reconnect(SocketAddress remote) throws IOException {
    int length = socket.encode(remote);
    int answer = LinuxCalls.connect(memory.state, socket.fd(), memory.address, length);
    if (answer < 0) {
      throw Errno.datagramException(-answer);
    }
  }

  private int longest() {
    return socket.isUnix() ? DatagramMemory.UNIX_CAPACITY : DatagramMemory.CAPACITY;
  }

  void joinGroup(InetAddress group, NetworkInterface on) throws IOException {
    changeGroup(MCAST_JOIN_GROUP, group, on);
  }

  void leaveGroup(InetAddress group, NetworkInterface on) throws IOException {
    changeGroup(MCAST_LEAVE_GROUP, group, on);
  }

  private void changeGroup(int name, InetAddress group, NetworkInterface on) throws IOException {
    int level = socket.isIpv6() ? IPPROTO_IPV6 : IPPROTO_IP;
    MemorySegment request =
        memory.datagrams().group(new InetSocketAddress(group, 0), socket.family(), on.getIndex());
    socket.writeOption(level, name, request, DatagramMemory.GROUP_SIZE);
  }
}
