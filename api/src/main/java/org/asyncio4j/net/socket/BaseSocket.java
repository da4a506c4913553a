package org.asyncio4j.net.socket;

/**
 * A non-blocking socket that a program uses directly, without a transport and protocol; the methods
 * that all kinds have in common (asyncio, "Working with socket objects directly").
 *
 * <p>Belongs to the loop that opened it, and to the tasks of that loop. Its operations are tried at
 * once, and suspend the current task only if the system is not ready.
 *
 * <p>One task at a time may read from a socket, and one may write to it. A second one gets an
 * {@link IllegalStateException}; asyncio silently forgets the first.
 *
 * <p>A task may be cancelled in each of these operations, at any time. The socket can be used as
 * before: the next read returns what the cancelled task would have received.
 *
 * <p>A socket that is used for a transport or a server belongs to it from then on; then {@link
 * #close()} does nothing, the methods for addresses still work, and all other methods throw {@link
 * IllegalStateException}. A socket that becomes unreachable without being closed is closed and
 * reported to the exception handler.
 */
public interface BaseSocket extends TransportSocket, AutoCloseable {

  /** {@return whether the socket was neither closed nor passed to a transport or server} */
  boolean isOpen();

  /**
   * Closes the socket. Tasks that wait for it get a {@link java.net.SocketException}; callbacks
   * that watch it are removed. Does nothing when repeated, or if the socket belongs to a transport
   * or server.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  @Override
  void close();
}
