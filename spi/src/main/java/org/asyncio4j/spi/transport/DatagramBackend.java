package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The I/O of one socket, which the loop provides to a datagram transport. */
public interface DatagramBackend extends TransportBackend {

  /**
   * Sends one datagram if the system takes it at once. Keeps no reference to the buffer, whose
   * memory belongs to the application. A backend whose system has no such call returns {@code
   * false}: the transport then copies the datagram, and {@link #startWriting()} follows.
   *
   * @param data the bytes, possibly none; its position moves to its limit if the system takes the
   *     datagram
   * @param to the address to send to; {@code null} on a connected socket, and only there
   * @return whether the system has taken the datagram
   * @throws IOException if the system refuses this datagram or reports an error of an earlier one;
   *     this one is not sent then
   */
  boolean send(ByteBuffer data, @Nullable SocketAddress to) throws IOException;

  /**
   * Joins a group that the socket has not joined on this interface.
   *
   * @param group a multicast address of the socket's family
   * @param on the interface
   * @throws IOException if the system refuses
   */
  void joinGroup(InetAddress group, NetworkInterface on) throws IOException;

  /**
   * Leaves a group that the socket has joined on this interface.
   *
   * @param group the multicast address
   * @param on the interface
   * @throws IOException if the system refuses
   */
  void leaveGroup(InetAddress group, NetworkInterface on) throws IOException;
}
