package org.asyncio4j.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that sends and receives datagrams: {@code asyncio.DatagramTransport}. Made by {@link
 * Networking#createDatagramEndpoint} and {@link Networking#createUnixDatagramEndpoint}.
 *
 * <p>Sending never waits: datagrams that the system does not take at once are copied to a queue and
 * sent later, in order. The protocol is notified when the queue grows above the high-water mark and
 * when it has shrunk to the low-water mark.
 *
 * <p>One datagram is received each time the socket is found ready, so a busy endpoint does not
 * starve others. Datagrams that arrive before they can be read wait in the system's buffer. Once
 * that is full, the system drops internet datagrams, and makes the senders of Unix datagrams wait.
 */
public interface DatagramTransport extends ReadTransport {

  @Override
  DatagramProtocol protocol();

  /**
   * Sends a datagram. All of its bytes are taken before this method returns, and the position is
   * then at the limit: the caller may use the buffer again at once. An empty datagram is sent, too.
   * If the system refuses a datagram, for instance because it is too long, it is dropped, and
   * {@link DatagramProtocol#errorReceived} is called: from within this call if the system refuses
   * it at once, otherwise when the loop learns of it. After the endpoint was lost, datagrams are
   * dropped.
   *
   * @param data the bytes from position to limit
   * @param to the address to send to; {@code null} for the remote address of the options
   * @throws IllegalArgumentException if the endpoint has a remote address and this is a different
   *     one; if it has none and this is {@code null}; or if the address is unresolved, an IPv6
   *     address on an IPv4 socket, of another kind than the socket, or a Unix address without a
   *     name
   * @throws IllegalStateException if the memory of the buffer was freed; nothing is sent
   * @throws WrongThreadException if the loop is running and the caller is not on its thread, or if
   *     the memory of the buffer belongs to another thread; nothing is sent
   */
  void sendTo(ByteBuffer data, @Nullable SocketAddress to);

  /**
   * Sends a datagram to the remote address of the options, as {@link #sendTo(ByteBuffer,
   * SocketAddress)} does.
   *
   * @param data the bytes from position to limit
   * @throws IllegalArgumentException if the endpoint has no remote address
   * @throws IllegalStateException if the memory of the buffer was freed; nothing is sent
   * @throws WrongThreadException if the loop is running and the caller is not on its thread, or if
   *     the memory of the buffer belongs to another thread; nothing is sent
   */
  default void sendTo(ByteBuffer data) {
    sendTo(data, null);
  }

  /**
   * Joins a multicast group: the endpoint then also receives datagrams sent to the group. Does
   * nothing if it has already joined the group on this interface.
   *
   * @param group a multicast address of the socket's family
   * @param on the interface on which to receive
   * @throws IllegalArgumentException if it is not a multicast address of the socket's family
   * @throws IOException if the endpoint is closing or the operation fails
   * @throws UnsupportedOperationException if the loop does not support multicast
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void joinGroup(InetAddress group, NetworkInterface on) throws IOException;

  /**
   * Leaves a multicast group, which {@link #joinGroup} joined. Does nothing if the endpoint has not
   * joined the group on this interface. A closed socket leaves its groups automatically.
   *
   * @param group the multicast address
   * @param on the interface
   * @throws IOException if the operation fails
   * @throws UnsupportedOperationException if the loop does not support multicast
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void leaveGroup(InetAddress group, NetworkInterface on) throws IOException;

  /**
   * Closes the endpoint at once and drops queued datagrams; {@link BaseProtocol#connectionLost}
   * receives {@code null}.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void abort();

  /**
   * {@return the number of queued bytes, not counting those that the system has taken} Each
   * datagram counts as 8 bytes more than its length, so that empty ones count, too (asyncio, 3.13).
   */
  long writeBufferSize();

  /** {@return the limits in force} */
  WriteBufferLimits writeBufferLimits();

  /**
   * Sets the write-buffer limits. A queue that is above the new high-water mark pauses the protocol
   * at once; one that is below the new low-water mark resumes it only when it shrinks next.
   *
   * @param limits the new limits
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void setWriteBufferLimits(WriteBufferLimits limits);
}
