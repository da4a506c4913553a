package org.asyncio4j.net;

/**
 * A non-blocking socket that a program uses directly, without transport and protocol. What its
 * kinds have in common (asyncio, "Working with socket objects directly").
 *
 * <p>Belongs to the loop that opened it, and to the tasks of that loop. Its operations try at once,
 * and suspend the current task only if the system has nothing to give or to take now.
 *
 * <p>One task at a time may read from a socket, and one may write to it. A second one is refused
 * with {@link IllegalStateException}; asyncio silently forgets the first.
 *
 * <p>A task may be cancelled in each of these operations, at any moment. The socket can be used as
 * before: whoever reads next gets what the cancelled task would have got.
 *
 * <p>A socket that is used for a transport or a server belongs to that from then on; all methods
 * but {@link #close()}, which does nothing, and the addresses throw {@link IllegalStateException}
 * then. A socket that is forgotten without being closed is closed and reported to the exception
 * handler.
 */
public interface BaseSocket extends TransportSocket, AutoCloseable {

  /** {@return whether the socket was neither closed nor handed over to a transport or server} */
  boolean isOpen();

  /**
   * Closes the socket. Tasks that wait for it get a {@link java.net.SocketException}; callbacks
   * that watch it are removed. Does nothing when repeated, and to a socket that belongs to a
   * transport or server.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  @Override
  void close();
}
