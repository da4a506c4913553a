package org.asyncio4j.net;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.util.function.Supplier;

/**
 * The part of a loop that opens sockets for direct use and makes connections and servers of them
 * (asyncio, "Working with socket objects directly" and "Transferring files").
 */
public interface SocketNetworking {

  /**
   * Opens a stream socket that is neither bound nor connected. To be called on the loop's thread,
   * or while the loop is not running.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or {@code UNIX}
   * @return the socket, which the caller closes
   * @throws IOException if the system refuses
   * @throws IllegalStateException if the loop is closed
   * @throws UnsupportedOperationException if the loop has no such sockets
   */
  AsyncSocket openSocket(ProtocolFamily family) throws IOException;

  /**
   * Opens a socket that is to listen. To be called on the loop's thread, or while the loop is not
   * running.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or {@code UNIX}
   * @return the socket, which the caller closes
   * @throws IOException if the system refuses
   * @throws IllegalStateException if the loop is closed
   * @throws UnsupportedOperationException if the loop has no such sockets
   */
  AsyncServerSocket openServerSocket(ProtocolFamily family) throws IOException;

  /**
   * Opens a socket of datagrams. To be called on the loop's thread, or while the loop is not
   * running.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or {@code UNIX}
   * @return the socket, which the caller closes
   * @throws IOException if the system refuses
   * @throws IllegalStateException if the loop is closed
   * @throws UnsupportedOperationException if the loop has no such sockets
   */
  AsyncDatagramSocket openDatagramSocket(ProtocolFamily family) throws IOException;

  /**
   * Makes a connection of a connected socket, suspending the current task. The socket belongs to
   * the connection from then on, and is closed if this fails or the task is cancelled.
   *
   * @param protocolFactory makes the protocol
   * @param options which socket, and how
   * @param <P> the type of the protocol
   * @return the connection; {@link StreamProtocol#connectionMade} has been called
   * @throws IOException if the socket is closed, or a TLS handshake fails
   * @throws IllegalStateException if the caller is not a task, the socket is not connected, a task
   *     waits for it, a callback watches it, or it belongs to a connection already; the socket
   *     stays unchanged
   * @throws IllegalArgumentException if the socket is one of another loop, or TLS is asked for and
   *     its context does not know a version; the socket stays unchanged
   * @throws UnsupportedOperationException if the loop has no such sockets, or no TLS
   */
  <P extends StreamProtocol> Connection<P> adoptSocket(
      Supplier<? extends P> protocolFactory, AdoptOptions options) throws IOException;

  /**
   * Makes a connection of a socket that was connected: {@code create_connection} with {@code sock}.
   *
   * @param protocolFactory makes the protocol
   * @param socket a connected socket of this loop
   * @param <P> the type of the protocol
   * @return the connection
   * @throws IOException if the socket is closed
   * @throws IllegalStateException as {@link #adoptSocket}
   */
  default <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, AsyncSocket socket) throws IOException {
    return adoptSocket(protocolFactory, AdoptOptions.connected(socket));
  }

  /**
   * Makes a connection of a socket that was accepted: {@code connect_accepted_socket}.
   *
   * @param protocolFactory makes the protocol
   * @param socket an accepted socket of this loop
   * @param <P> the type of the protocol
   * @return the connection
   * @throws IOException if the socket is closed
   * @throws IllegalStateException as {@link #adoptSocket}
   */
  default <P extends StreamProtocol> Connection<P> connectAcceptedSocket(
      Supplier<? extends P> protocolFactory, AsyncSocket socket) throws IOException {
    return adoptSocket(protocolFactory, AdoptOptions.accepted(socket));
  }

  /**
   * Creates a server on a bound socket, which belongs to the server from then on.
   *
   * @param protocolFactory makes a protocol for each connection
   * @param options which socket, and how to serve
   * @return the server
   * @throws IOException if the socket is closed, or the system refuses to listen; the socket is
   *     closed
   * @throws IllegalStateException if the caller is not a task, the socket is not bound, a task
   *     waits for it, a callback watches it, or it belongs to a server already; the socket stays
   *     unchanged
   * @throws IllegalArgumentException if the socket is one of another loop, or TLS is asked for and
   *     its context does not know a version, or has none of the versions enabled; the socket stays
   *     unchanged
   * @throws UnsupportedOperationException if the loop has no such sockets, or no TLS
   */
  Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
      throws IOException;

  /**
   * Creates a server on a bound socket with the default options.
   *
   * @param protocolFactory makes a protocol for each connection
   * @param socket a bound socket of this loop
   * @return the server
   * @throws IOException if the socket is closed, or the system refuses to listen
   * @throws IllegalStateException if the caller is not a task, or the socket is not bound or in use
   */
  default Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, AsyncServerSocket socket)
      throws IOException {
    return createServer(protocolFactory, SocketServerOptions.on(socket));
  }

  /**
   * Sends a part of a file over a connection, suspending the current task: {@code loop.sendfile}.
   * What was written before goes first. The system copies the file if it can; otherwise, over TLS
   * for instance, it is read and written in blocks, at the pace of the peer.
   *
   * <p>Reading goes on meanwhile. Writing does not: {@code write} throws {@link
   * IllegalStateException} until this method returns, where the system copies the file; elsewhere
   * it must be left alone, and so must the protocol of the transport. {@code close} and {@code
   * writeEof} wait until the file is sent.
   *
   * <p>A task that is cancelled, or a connection that is lost, leaves the peer with a part of the
   * file.
   *
   * @param transport a connection of this loop
   * @param region which part of which file. If it names a channel and something was sent, the
   *     position of the channel is moved behind what was sent, also after a failure
   * @param fallback whether to read and write the file if the system cannot copy it
   * @return how many bytes were sent: fewer than asked for if the file is shorter. They are on
   *     their way, or in the write buffer of the transport
   * @throws SendFileNotAvailableException if the system cannot copy the file and {@code fallback}
   *     is not set; nothing was sent
   * @throws IOException if the file cannot be read, or the connection was lost
   * @throws IllegalStateException if the caller is not a task, the transport is closing, its output
   *     has ended, or a file is being sent over it
   */
  long sendFile(Transport transport, FileRegion region, boolean fallback) throws IOException;

  /**
   * Sends a part of a file over a connection by whichever way, as {@link #sendFile(Transport,
   * FileRegion, boolean)} does.
   *
   * @param transport a connection of this loop
   * @param region which part of which file
   * @return how many bytes were sent
   * @throws IOException if the file cannot be read, or the connection was lost
   * @throws IllegalStateException if the caller is not a task, the transport is closing, its output
   *     has ended, or a file is being sent over it
   */
  default long sendFile(Transport transport, FileRegion region) throws IOException {
    return sendFile(transport, region, true);
  }
}
