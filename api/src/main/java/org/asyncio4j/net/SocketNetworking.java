package org.asyncio4j.net;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.util.function.Supplier;
import org.asyncio4j.net.options.AdoptOptions;
import org.asyncio4j.net.options.SocketServerOptions;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.net.socket.FileRegion;

/**
 * The part of a loop that opens sockets for direct use and makes connections and servers from them
 * (asyncio, "Working with socket objects directly" and "Transferring files").
 */
public interface SocketNetworking {

  /**
   * Opens a stream socket that is neither bound nor connected. Must be called on the loop's thread,
   * or while the loop is not running.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or {@code UNIX}
   * @return the socket, which the caller must close
   * @throws IOException if the operation fails
   * @throws IllegalStateException if the loop is closed
   * @throws UnsupportedOperationException if the loop does not support such sockets
   */
  AsyncSocket openSocket(ProtocolFamily family) throws IOException;

  /**
   * Opens a listening socket. Must be called on the loop's thread, or while the loop is not
   * running.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or {@code UNIX}
   * @return the socket, which the caller must close
   * @throws IOException if the operation fails
   * @throws IllegalStateException if the loop is closed
   * @throws UnsupportedOperationException if the loop does not support such sockets
   */
  AsyncServerSocket openServerSocket(ProtocolFamily family) throws IOException;

  /**
   * Opens a datagram socket. Must be called on the loop's thread, or while the loop is not running.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or {@code UNIX}
   * @return the socket, which the caller must close
   * @throws IOException if the operation fails
   * @throws IllegalStateException if the loop is closed
   * @throws UnsupportedOperationException if the loop does not support such sockets
   */
  AsyncDatagramSocket openDatagramSocket(ProtocolFamily family) throws IOException;

  /**
   * Makes a connection from a connected socket, suspending the current task. The socket belongs to
   * the connection from then on, and is closed if this fails or the task is cancelled.
   *
   * @param protocolFactory makes the protocol
   * @param options the socket and the options
   * @param <P> the type of the protocol
   * @return the connection; {@link StreamProtocol#connectionMade} has been called
   * @throws IOException if the socket is closed, or a TLS handshake fails
   * @throws IllegalStateException if the caller is not a task, the socket is not connected, a task
   *     waits for it, a callback watches it, or it belongs to a connection already; the socket
   *     stays unchanged
   * @throws IllegalArgumentException if the socket belongs to another loop, or TLS is requested and
   *     its context does not support one of the versions; the socket stays unchanged
   * @throws UnsupportedOperationException if the loop does not support such sockets or TLS
   */
  <P extends StreamProtocol> Connection<P> adoptSocket(
      Supplier<? extends P> protocolFactory, AdoptOptions options) throws IOException;

  /**
   * Makes a connection from a connected socket: {@code create_connection} with {@code sock}.
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
   * Makes a connection from an accepted socket: {@code connect_accepted_socket}.
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
   * @param options the socket, and how to serve on it
   * @return the server
   * @throws IOException if the socket is closed, or listening fails; the socket is closed
   * @throws IllegalStateException if the caller is not a task, the socket is not bound, a task
   *     waits for it, a callback watches it, or it belongs to a server already; the socket stays
   *     unchanged
   * @throws IllegalArgumentException if the socket belongs to another loop, or TLS is requested and
   *     its context does not support one of the versions, or has none of the versions enabled; the
   *     socket stays unchanged
   * @throws UnsupportedOperationException if the loop does not support such sockets or TLS
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
   * @throws IOException if the socket is closed, or listening fails
   * @throws IllegalStateException if the caller is not a task, or the socket is not bound or in use
   */
  default Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, AsyncServerSocket socket)
      throws IOException {
    return createServer(protocolFactory, SocketServerOptions.on(socket));
  }

  /**
   * Sends a part of a file over a connection, suspending the current task: {@code loop.sendfile}.
   * Bytes that were written before are sent first. If possible the system copies the file;
   * otherwise, for instance over TLS, it is read and written in blocks, at the pace of the peer.
   *
   * <p>Reading continues in the meantime, but writing is not allowed: if the system copies the
   * file, {@code write} throws {@link IllegalStateException} until this method returns; otherwise
   * the program must not call it, nor change the protocol of the transport. {@code close} and
   * {@code writeEof} take effect after the file is sent.
   *
   * <p>If the task is cancelled or the connection is lost, the peer has received only a part of the
   * file.
   *
   * @param transport a connection of this loop
   * @param region the part of a file to send. If it names a channel and bytes were sent, the
   *     channel's position is moved to the end of the bytes that were sent, even after a failure
   * @param fallback whether to read and write the file if the system cannot copy it
   * @return the number of bytes that were sent: fewer than requested if the file is shorter. They
   *     were passed to the system, or are in the write buffer of the transport
   * @throws SendFileNotAvailableException if the system cannot copy the file and {@code fallback}
   *     is not set; nothing was sent
   * @throws IOException if the file cannot be read, or the connection was lost
   * @throws IllegalStateException if the caller is not a task, the transport is closing, its output
   *     has ended, or a file is being sent over it
   */
  long sendFile(Transport transport, FileRegion region, boolean fallback) throws IOException;

  /**
   * Sends a part of a file over a connection, copied by the system or not, as {@link
   * #sendFile(Transport, FileRegion, boolean)} does.
   *
   * @param transport a connection of this loop
   * @param region the part of a file to send
   * @return the number of bytes that were sent
   * @throws IOException if the file cannot be read, or the connection was lost
   * @throws IllegalStateException if the caller is not a task, the transport is closing, its output
   *     has ended, or a file is being sent over it
   */
  default long sendFile(Transport transport, FileRegion region) throws IOException {
    return sendFile(transport, region, true);
  }
}
