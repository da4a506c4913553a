package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A non-blocking UDP socket. All calls return at once; interrupted system calls are repeated;
 * failures are told by the JDK's exceptions where there is one ({@link
 * java.net.PortUnreachableException}, {@link java.net.BindException}, …), with the system's own
 * words in the message. A failure of one datagram leaves the socket as it is.
 *
 * <p>It does not broadcast and shares no port unless its options are set, and receives what is sent
 * to a group only if it has joined it itself.
 */
public interface UdpSocket extends PollableSocket {

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
  @Nullable SocketAddress receive(ByteBuffer target) throws IOException;

  /**
   * Sends one datagram, perhaps without a byte.
   *
   * @param source the bytes; its position moves to its limit if the system takes the datagram
   * @param to the address to send to; {@code null} on a connected socket, and only there
   * @return whether the system has taken it; otherwise the socket will be ready for writing
   * @throws IOException if the system refuses this datagram, or tells of an error of an earlier
   *     one; this one is not sent then
   */
  boolean send(ByteBuffer source, @Nullable SocketAddress to) throws IOException;

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
