package org.asyncio4j.net.socket;

import java.io.IOException;
import java.net.SocketAddress;
import org.asyncio4j.net.SocketNetworking;
import org.asyncio4j.net.options.SocketServerOptions;

/**
 * A non-blocking listening socket that a program uses directly: {@code loop.sock_accept} of
 * asyncio. From {@link SocketNetworking#openServerSocket}.
 */
public interface AsyncServerSocket extends BaseSocket {

  /** The default number of connections that may wait to be accepted. */
  int DEFAULT_BACKLOG = 100;

  /**
   * Binds the socket to an address and listens on it. The IPv6 wildcard also accepts IPv4
   * connections. The file of a Unix socket must not exist yet, and the caller must delete it,
   * unless a server takes over the socket: see {@link SocketServerOptions#cleanupSocket()}.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @param backlog the number of connections that may wait to be accepted
   * @throws IOException if the operation fails, or the socket is closed
   * @throws IllegalArgumentException if the backlog is not positive
   * @throws IllegalStateException if the socket is bound, or belongs to a server
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void bind(SocketAddress local, int backlog) throws IOException;

  /**
   * Binds the socket and listens, as {@link #bind(SocketAddress, int)} does, with the default
   * backlog.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @throws IOException if the operation fails, or the socket is closed
   * @throws IllegalStateException if the socket is bound, or belongs to a server
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  default void bind(SocketAddress local) throws IOException {
    bind(local, DEFAULT_BACKLOG);
  }

  /**
   * Accepts a connection, suspending the current task until there is one. Connections that were
   * aborted while they waited are skipped. If the task is cancelled, no connection is accepted.
   *
   * @return the connection, which the caller must close
   * @throws IOException if the system is out of descriptors or memory, or the socket is or was
   *     closed
   * @throws IllegalStateException if the caller is not a task of the socket's loop, another task is
   *     in this call, the socket is not bound, or it belongs to a server
   */
  AsyncSocket accept() throws IOException;
}
