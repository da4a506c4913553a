package org.asyncio4j.net.socket;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.SocketNetworking;

/**
 * A non-blocking stream socket that a program uses directly: {@code loop.sock_connect}, {@code
 * sock_recv}, {@code sock_recv_into}, {@code sock_sendall} and {@code sock_sendfile} of asyncio.
 * From {@link SocketNetworking#openSocket} or {@link AsyncServerSocket#accept()}.
 *
 * <p>All methods that may wait must be called in a task of the socket's loop. They throw {@link
 * IllegalStateException} elsewhere, if another task is in an operation of the same direction, and
 * if the socket belongs to a transport.
 *
 * <p>The memory of a buffer must not be freed before the method that it was passed to has returned.
 * If it is freed, even while the task waits, the method throws {@link IllegalStateException}; if it
 * belongs to another thread, {@link WrongThreadException}. In either case the position of the
 * buffer shows how many bytes were received or sent, and the socket can still be used.
 */
public interface AsyncSocket extends BaseSocket {

  /**
   * Binds the socket to a local address. Must be called before the socket is connected.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @throws IOException if the operation fails, or the socket is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void bind(SocketAddress local) throws IOException;

  /**
   * Connects the socket, suspending the current task. An unresolved address is looked up first; the
   * first result of the socket's family is used.
   *
   * <p>If the task is cancelled, the system continues to connect: another call with the same
   * address waits for the outcome. A failed connect closes the socket, because systems differ in
   * what such a socket can still do.
   *
   * @param remote the address of a listening socket
   * @throws IOException if the peer or the system refuses the connection, the host is unknown, the
   *     listener of a Unix socket has a full backlog, or the socket is or was closed
   * @throws IllegalStateException if the socket is connected, or is connecting to another address
   */
  void connect(SocketAddress remote) throws IOException;

  /**
   * Receives the available bytes, suspending the current task until some arrive. Takes one system
   * call if bytes are already available.
   *
   * @param target where to put the bytes; its position moves by the number of bytes received. The
   *     buffer belongs to this method until it returns, and is not touched while the task waits
   * @return the number of bytes, at least 1 unless there is no room; or -1 if the peer will send no
   *     more
   * @throws IOException if the connection was lost, or the socket is or was closed
   * @throws IllegalArgumentException if the buffer is read-only
   */
  int receive(ByteBuffer target) throws IOException;

  /**
   * Sends as many bytes as the system takes, suspending the current task until it takes some.
   *
   * @param data the bytes from position to limit; its position moves by the number of bytes sent
   * @return the number of bytes, at least 1 unless there are none
   * @throws IOException if the connection was lost, or the socket is or was closed
   */
  int send(ByteBuffer data) throws IOException;

  /**
   * Sends all bytes, suspending the current task whenever the system takes no more.
   *
   * @param data the bytes from position to limit. Its position moves as they are sent: after a
   *     failure or a cancellation it shows how many were sent
   * @throws IOException if the connection was lost, or the socket is or was closed
   */
  void sendAll(ByteBuffer data) throws IOException;

  /**
   * Sends a part of a file, suspending the current task. If possible the system copies the file;
   * otherwise it is read and sent in blocks.
   *
   * @param region the part of a file to send. If it names a channel and bytes were sent, the
   *     channel's position is moved to the end of the bytes that were sent, even after a failure
   * @param fallback whether to read and send the file if the system cannot copy it
   * @return the number of bytes that were sent: fewer than requested if the file is shorter
   * @throws SendFileNotAvailableException if the system cannot copy the file and {@code fallback}
   *     is not set; nothing was sent
   * @throws IOException if the file cannot be read, the connection was lost, or the socket is or
   *     was closed
   */
  long sendFile(FileRegion region, boolean fallback) throws IOException;

  /**
   * Sends a part of a file, copied by the system or not, as {@link #sendFile(FileRegion, boolean)}
   * does.
   *
   * @param region the part of a file to send
   * @return the number of bytes that were sent
   * @throws IOException if the file cannot be read, the connection was lost, or the socket is or
   *     was closed
   */
  default long sendFile(FileRegion region) throws IOException {
    return sendFile(region, true);
  }

  /**
   * Ends the outgoing stream; data from the peer can still be received. Does not wait.
   *
   * @throws IOException if the connection was lost, or the socket is closed
   * @throws IllegalStateException if a task is sending
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void shutdownOutput() throws IOException;
}
