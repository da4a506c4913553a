package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.spi.transport.DatagramSource;
import org.jspecify.annotations.Nullable;

/**
 * A non-blocking socket of datagrams, of UDP or Unix. All calls return at once; interrupted system
 * calls are repeated; failures are told by the JDK's exceptions where there is one ({@link
 * java.net.PortUnreachableException}, {@link java.net.BindException}, …), with the system's own
 * words in the message. A failure of one datagram leaves the socket as it is.
 *
 * <p>It does not broadcast and shares no port unless its options are set, and receives what is sent
 * to a group only if it has joined it itself. A Unix socket whose peer has gone goes on to refuse
 * what is sent, and finds a new receiver at the same address.
 *
 * <p>Memory of buffers is checked and held as {@link StreamSocket} says.
 */
public interface UdpSocket extends PollableSocket, DatagramSource {

  /**
   * Binds the socket. The IPv6 wildcard receives from IPv4 senders, too.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @throws IOException if the system refuses
   */
  void bind(SocketAddress local) throws IOException;

  /**
   * Makes an address the only one to send to and to receive from.
   *
   * @param remote a resolved address
   * @throws IOException if the system refuses
   */
  void connect(SocketAddress remote) throws IOException;

  /**
   * Receives one datagram.
   *
   * @param target a buffer; its position moves by the length of the datagram, of which the end is
   *     lost if there is too little room
   * @return the address of the sender, or {@code null} if there is no datagram now
   * @throws java.net.PortUnreachableException if a datagram that was sent on this connected socket
   *     found nobody
   * @throws IOException if the system tells of another error
   */
  @Override
  @Nullable SocketAddress receive(ByteBuffer target) throws IOException;

  /**
   * Sends one datagram, perhaps without a byte.
   *
   * @param source the bytes; its position moves to its limit if the system takes the datagram
   * @param to the address to send to; {@code null} on a connected socket, and only there
   * @return whether the system has taken it; otherwise the socket will be ready for writing, unless
   *     {@link #tellsRoomFor} says that it cannot tell
   * @throws IOException if the system refuses this datagram, or tells of an error of an earlier
   *     one; this one is not sent then
   */
  boolean send(ByteBuffer source, @Nullable SocketAddress to) throws IOException;

  /**
   * Answers whether the socket gets ready for writing only when there is room for a datagram that
   * {@link #send} has not taken. Otherwise it may be ready while there is none, and whoever waits
   * tries again after a while: a Unix socket knows only of the receiver that it is connected to.
   *
   * @param to where the datagram goes to, as {@link #send} was told
   * @return whether it is worth to wait for readiness
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
   * @throws UnsupportedOperationException if the driver cannot do that
   */
  void joinGroup(InetAddress group, NetworkInterface on) throws IOException;

  /**
   * Leaves a group that the socket has joined on this interface.
   *
   * @param group the multicast address
   * @param on the interface
   * @throws IOException if the system refuses
   * @throws UnsupportedOperationException if the driver cannot do that
   */
  void leaveGroup(InetAddress group, NetworkInterface on) throws IOException;
}
