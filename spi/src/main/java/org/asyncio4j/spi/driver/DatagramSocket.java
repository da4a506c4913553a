package org.asyncio4j.spi.driver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.spi.transport.DatagramSource;
import org.jspecify.annotations.Nullable;

/**
 * A non-blocking UDP or Unix datagram socket. All calls return at once; interrupted system calls
 * are repeated; failures are reported with the JDK's exceptions where there is one ({@link
 * java.net.PortUnreachableException}, {@link java.net.BindException}, …), with the system's error
 * text in the message. The failure of one datagram does not affect the socket.
 *
 * <p>The socket does not broadcast and shares no port unless its options are set, and it receives
 * datagrams sent to a group only if it has joined the group itself. A Unix socket whose peer has
 * gone rejects datagrams until there is a new receiver at the same address, which it then finds.
 *
 * <p>The memory of buffers is checked and held as described in {@link StreamSocket}.
 */
public interface DatagramSocket extends PollableSocket, DatagramSource {

  /**
   * Binds the socket. The IPv6 wildcard also receives from IPv4 senders.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @throws IOException if the system refuses
   */
  void bind(SocketAddress local) throws IOException;

  /**
   * Restricts sending and receiving to one address.
   *
   * @param remote a resolved address
   * @throws IOException if the system refuses
   */
  void connect(SocketAddress remote) throws IOException;

  /**
   * Receives one datagram.
   *
   * @param target a buffer; its position advances by the length of the datagram, whose end is lost
   *     if there is too little room
   * @return the address of the sender, or {@code null} if there is no datagram now
   * @throws java.net.PortUnreachableException if a datagram sent earlier on this connected socket
   *     had no receiver
   * @throws IOException if the system reports another error
   */
  @Override
  @Nullable SocketAddress receive(ByteBuffer target) throws IOException;

  /**
   * Sends one datagram, which may be empty.
   *
   * @param source the bytes; its position moves to its limit if the system takes the datagram
   * @param to the address to send to; {@code null} on a connected socket, and only there
   * @return whether the system has taken the datagram; otherwise the socket becomes ready for
   *     writing, unless {@link #tellsRoomFor} returns {@code false}
   * @throws IOException if the system refuses this datagram or reports an error of an earlier one;
   *     this one is not sent in either case
   */
  boolean send(ByteBuffer source, @Nullable SocketAddress to) throws IOException;

  /**
   * Returns whether the socket becomes ready for writing only when there is room for a datagram
   * that {@link #send} has not taken. Otherwise it may be ready although there is no room, and the
   * caller must retry after a pause: a Unix socket reflects only the receiver that it is connected
   * to.
   *
   * @param to the address passed to {@link #send}
   * @return whether waiting for readiness makes sense
   */
  default boolean tellsRoomFor(@Nullable SocketAddress to) {
    return true;
  }

  /**
   * Joins a group that the socket has not joined on this interface.
   *
   * @param group a multicast address of the socket's family
   * @param on the interface
   * @throws IOException if the system refuses
   * @throws UnsupportedOperationException if the driver does not support groups
   */
  void joinGroup(InetAddress group, NetworkInterface on) throws IOException;

  /**
   * Leaves a group that the socket has joined on this interface.
   *
   * @param group the multicast address
   * @param on the interface
   * @throws IOException if the system refuses
   * @throws UnsupportedOperationException if the driver does not support groups
   */
  void leaveGroup(InetAddress group, NetworkInterface on) throws IOException;
}
