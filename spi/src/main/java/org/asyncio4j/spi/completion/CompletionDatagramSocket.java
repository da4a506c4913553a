package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.jspecify.annotations.Nullable;

/**
 * A UDP or Unix datagram socket whose operations end later. At most one receive and one send are
 * pending at a time. The failure of one datagram does not affect the socket.
 *
 * <p>The socket does not broadcast and shares no port unless its options are set, and it receives
 * datagrams sent to a group only if it has joined the group itself ({@code IP_MULTICAST_ALL} of
 * Linux is off). A Unix socket whose peer has gone rejects datagrams until there is a new receiver
 * at the same address, which it then finds: it connects again. A datagram for a Unix receiver that
 * is full stays pending until there is room, without waiting busily; it is neither dropped nor sent
 * empty.
 *
 * <p>{@link #close()} releases the descriptor as soon as the system allows it. Operations that are
 * pending at that time are still completed, usually with a failure.
 */
public interface CompletionDatagramSocket extends SocketHandle {

  /**
   * Binds the socket. Returns at once. The IPv6 wildcard also receives from IPv4 senders.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @throws IOException if the system refuses
   */
  void bind(SocketAddress local) throws IOException;

  /**
   * Restricts sending and receiving to one address. Returns at once.
   *
   * @param remote a resolved address
   * @throws IOException if the system refuses
   */
  void connect(SocketAddress remote) throws IOException;

  /**
   * Starts receiving the next datagram. Returns at once.
   *
   * @param target a buffer of {@link CompletionSockets#allocateBuffer} with room from its position
   *     to its limit; it belongs to the system until the completion. The end of a longer datagram
   *     is lost. The position may or may not move
   * @param completion receives the outcome
   */
  void receive(ByteBuffer target, ReceiveCompletion completion);

  /**
   * Starts sending one datagram, which may be empty. Returns at once.
   *
   * @param source a buffer of {@link CompletionSockets#allocateBuffer}; it belongs to the system
   *     until the completion
   * @param to the address to send to; {@code null} on a connected socket, and only there
   * @param completion receives the number of bytes, or the system's error, which may be that of an
   *     earlier datagram
   */
  void send(ByteBuffer source, @Nullable SocketAddress to, Completion completion);

  /**
   * Joins a group that the socket has not joined on this interface.
   *
   * @param group a multicast address of the socket's family
   * @param on the interface
   * @throws IOException if the system refuses
   * @implSpec throws {@link UnsupportedOperationException}; it is called only for drivers with
   *     {@link org.asyncio4j.spi.Capability#UDP_MULTICAST}
   */
  default void joinGroup(InetAddress group, NetworkInterface on) throws IOException {
    throw new UnsupportedOperationException(
        "cannot join %s on %s: this driver supports no groups; use another loop"
            .formatted(group, this));
  }

  /**
   * Leaves a group that the socket has joined on this interface.
   *
   * @param group the multicast address
   * @param on the interface
   * @throws IOException if the system refuses
   * @implSpec throws {@link UnsupportedOperationException}, like {@link #joinGroup}
   */
  default void leaveGroup(InetAddress group, NetworkInterface on) throws IOException {
    throw new UnsupportedOperationException(
        "cannot leave %s on %s: this driver supports no groups; use another loop"
            .formatted(group, this));
  }
}
