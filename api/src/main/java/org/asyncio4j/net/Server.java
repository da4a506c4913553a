package org.asyncio4j.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.socket.TransportSocket;

/**
 * Accepts connections: {@code asyncio.Server}.
 *
 * <p>{@link #close()} stops accepting but leaves connections open; {@link #waitClosed()} waits
 * until the server is closed and all connections have ended.
 */
public interface Server extends AutoCloseable {

  /** {@return the listening sockets; empty once the server is closed} */
  List<TransportSocket> sockets();

  /**
   * Returns the port of the first listening socket: the one that the system chose if the port of
   * the options was 0.
   *
   * @return the port
   * @throws IllegalStateException if the server is closed, or its first socket has no port
   */
  default int port() {
    return sockets().stream()
        .limit(1)
        .map(TransportSocket::localAddress)
        .filter(InetSocketAddress.class::isInstance)
        .mapToInt(address -> ((InetSocketAddress) address).getPort())
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "cannot return the port: " + this + " listens on none; ask before it is closed"));
  }

  /**
   * {@return whether connections are accepted} It is also {@code true} at the limit of connections,
   * where clients wait until another connection has ended: {@link
   * ServerOptions#withMaxConnections}.
   */
  boolean isServing();

  /**
   * Starts accepting connections, beginning with those that wait: the system listens from the
   * moment that the server was created. Does nothing if connections are already accepted.
   *
   * @throws IOException if listening fails
   * @throws IllegalStateException if the server is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void startServing() throws IOException;

  /**
   * Accepts connections until the server is closed, suspending the current task. Cancelling the
   * task closes the server, waits as {@link #waitClosed()} does, and ends with the {@code
   * CancelledError}.
   *
   * <p>So after Ctrl-C or SIGTERM no new connection is accepted, and clients can complete their
   * work (asyncio, 3.12 and later). A client that stays connected keeps the task waiting: after
   * SIGTERM until {@link org.asyncio4j.RunnerOptions#withTerminationLimit the limit} has passed,
   * which skips the {@code finally} blocks around this call, and after Ctrl-C until the second one.
   * The logger {@code org.asyncio4j} logs at INFO which server waits for how many clients, and
   * again in the warning that the limit has passed. A second cancellation ends the wait. To end the
   * clients itself, a server waits like this:
   *
   * {@snippet :
   * try {
   *   server.waitClosed(); // until this task is cancelled
   * } finally {
   *   server.close();
   *   server.closeClients(); // or abortClients(), if peers may not read what they are sent
   *   server.waitClosed();
   * }
   * }
   *
   * @throws IOException if listening fails
   * @throws IllegalStateException if the server is closed, another task is in this call, or the
   *     caller is not a task
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void serveForever() throws IOException;

  /**
   * Stops accepting and ends {@link #serveForever()}. Connections stay open, but those that wait to
   * be accepted are closed. Does nothing when repeated.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  @Override
  void close();

  /**
   * Closes all connections that this server accepted, as {@code close} of their transports does; a
   * connection whose protocol is still being made is closed as soon as there is a transport.
   * Handlers of streams that fail because of this are not reported, and further writes are dropped
   * without a warning, because the users of the connections cannot know that they were closed.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void closeClients();

  /**
   * Closes all connections that this server accepted, as {@code abort} of their transports does;
   * otherwise the same as {@link #closeClients()}.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void abortClients();

  /**
   * Suspends the current task until the server is closed <em>and</em> the last of its connections
   * is lost, in either order (asyncio, 3.12.1 and later). Connections count from the moment that
   * they are accepted, even while their protocols are being made.
   *
   * @throws IllegalStateException if it has to wait and the caller is not a task
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void waitClosed();
}
