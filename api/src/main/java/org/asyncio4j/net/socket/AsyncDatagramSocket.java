package org.asyncio4j.net.socket;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.net.SocketNetworking;

/**
 * A non-blocking datagram socket that a program uses directly: {@code loop.sock_recvfrom}, {@code
 * sock_recvfrom_into} and {@code sock_sendto} of asyncio. From {@link
 * SocketNetworking#openDatagramSocket}.
 *
 * <p>The methods that may wait must be called in a task of the socket's loop. They throw {@link
 * IllegalStateException} elsewhere, and if another task is in an operation of the same direction.
 *
 * <p>The memory of a buffer must not be freed before the method that it was passed to has returned.
 * If it is freed, even while the task waits, the method throws {@link IllegalStateException}; if it
 * belongs to another thread, {@link WrongThreadException}. In either case no datagram was received
 * or sent, and the socket can still be used.
 */
public interface AsyncDatagramSocket extends BaseSocket {

  /**
   * Binds the socket to a local address, where it receives.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @throws IOException if the operation fails, or the socket is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void bind(SocketAddress local) throws IOException;

  /**
   * Connects the socket to an address: it then sends to and receives from that address only. Does
   * not wait.
   *
   * @param remote a resolved address
   * @throws IOException if the operation fails, or the socket is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void connect(SocketAddress remote) throws IOException;

  /**
   * Receives a datagram, suspending the current task until there is one. If the task is cancelled,
   * no datagram is received.
   *
   * @param target where to put the bytes; its position moves by the length of the datagram. If
   *     there is too little room, the end of the datagram is lost. The buffer is not touched while
   *     the task waits
   * @return the address of the sender
   * @throws java.net.PortUnreachableException if no socket received a datagram that was sent on
   *     this connected socket; the socket can still be used
   * @throws IOException if the system reports another error, or the socket is or was closed
   * @throws IllegalArgumentException if the buffer is read-only
   */
  SocketAddress receiveFrom(ByteBuffer target) throws IOException;

  /**
   * Sends a datagram, suspending the current task until the system takes it.
   *
   * @param data the bytes from position to limit; the position is at the limit afterwards
   * @param to a resolved address
   * @throws IOException if the system refuses the datagram, or the socket is or was closed
   */
  void sendTo(ByteBuffer data, SocketAddress to) throws IOException;

  /**
   * Sends a datagram to the address that the socket is connected to, suspending the current task
   * until the system takes it.
   *
   * @param data the bytes from position to limit; the position is at the limit afterwards
   * @throws IOException if the system refuses the datagram, or the socket is or was closed
   * @throws IllegalStateException if the socket is not connected
   */
  void send(ByteBuffer data) throws IOException;
}
