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
 * <p>Sending never waits: what the system does not take at once is copied to a queue and sent
 * later, in order. The protocol is told when the queue grows above the high-water mark and when it
 * has shrunk to the low-water mark.
 *
 * <p>One datagram is received for each time that the socket is found ready, so that a busy endpoint
 * starves nobody. Those that come while nobody reads wait in the system's buffer. Once that is full
 * the system drops those of the internet, and has those of Unix sockets wait at their sender.
 */
public interface DatagramTransport extends ReadTransport {

  @Override
  DatagramProtocol protocol();

  /**
   * Sends a datagram. All of its bytes are taken before this method returns, and the position is
   * then at the limit: the caller may use the buffer again at once. A datagram without a byte is
   * sent, too. A datagram that the system refuses, because it is too long for instance, is dropped,
   * and {@link DatagramProtocol#errorReceived} is called from within this call. After the endpoint
   * was lost datagrams are dropped.
   *
   * @param data the bytes from position to limit
   * @param to the address to send to; {@code null} for the remote address of the options
   * @throws IllegalArgumentException if the endpoint has a remote address and this is another one;
   *     if it has none and this is {@code null}; or if the address is unresolved, one of IPv6 on a
   *     socket of IPv4, of another kind than the socket, or a Unix address without a name
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
   * Has the endpoint receive what is sent to a group, too. Does nothing if it does so already on
   * this interface.
   *
   * @param group a multicast address of the socket's family
   * @param on the interface on which to receive
   * @throws IllegalArgumentException if it is no multicast address or not of the socket's family
   * @throws IOException if the endpoint is closing or the system refuses
   * @throws UnsupportedOperationException if the loop cannot do that
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void joinGroup(InetAddress group, NetworkInterface on) throws IOException;

  /**
   * Takes back {@link #joinGroup}. Does nothing if the endpoint has not joined the group on this
   * interface; a socket that is closed leaves its groups by itself.
   *
   * @param group the multicast address
   * @param on the interface
   * @throws IOException if the system refuses
   * @throws UnsupportedOperationException if the loop cannot do that
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void leaveGroup(InetAddress group, NetworkInterface on) throws IOException;

  /**
   * Closes the endpoint at once and drops what is queued; {@link BaseProtocol#connectionLost}
   * receives {@code null}.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void abort();

  /**
   * {@return how many bytes are queued here, not counting those that the system has taken} Each
   * datagram counts for 8 bytes more than it has, so that those without a byte count, too (asyncio,
   * 3.13).
   */
  long writeBufferSize();

  /** {@return the limits in force} */
  WriteBufferLimits writeBufferLimits();

  /**
   * Sets the limits. A queue that is above the new high-water mark pauses the protocol at once; one
   * that is below the new low-water mark resumes it only when it shrinks next.
   *
   * @param limits the new limits
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void setWriteBufferLimits(WriteBufferLimits limits);
}
