package org.asyncio4j.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * A non-blocking socket of datagrams that a program uses directly: {@code loop.sock_recvfrom},
 * {@code sock_recvfrom_into} and {@code sock_sendto} of asyncio. From {@link
 * SocketNetworking#openDatagramSocket}.
 *
 * <p>The methods that may wait are to be called in a task of the socket's loop. They throw {@link
 * IllegalStateException} elsewhere, and if another task is in an operation of the same direction.
 *
 * <p>The memory of a buffer must not be freed before the method that it was passed to has returned.
 * If it was, also while the task waits, the method throws {@link IllegalStateException}; if it
 * belongs to another thread, {@link WrongThreadException}. No datagram was received or sent then,
 * and the socket can still be used.
 */
public interface AsyncDatagramSocket extends BaseSocket {

  /**
   * Binds the socket to a local address, where it receives.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @throws IOException if the system refuses, or the socket is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void bind(SocketAddress local) throws IOException;

  /**
   * Makes an address the only one to send to and to receive from, which takes no time.
   *
   * @param remote a resolved address
   * @throws IOException if the system refuses, or the socket is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void connect(SocketAddress remote) throws IOException;

  /**
   * Receives a datagram, suspending the current task until there is one. A task that is cancelled
   * has received none.
   *
   * @param target where to put the bytes; its position moves by the length of the datagram, of
   *     which the end is lost if there is too little room. It is not touched while the task waits
   * @return the address of the sender
   * @throws java.net.PortUnreachableException if a datagram that was sent on this connected socket
   *     found nobody; the socket lives on
   * @throws IOException if the system tells of another error, or the socket is or was closed
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
