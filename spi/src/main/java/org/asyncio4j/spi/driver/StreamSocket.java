package org.asyncio4j.spi.driver;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.socket.PeerCredentials;
import org.asyncio4j.spi.transport.ByteSource;

/**
 * A non-blocking TCP or Unix socket. All calls return at once; interrupted system calls are
 * repeated; failures are reported with the JDK's exceptions where there is one ({@link
 * java.net.ConnectException}, {@link java.net.BindException}, …), with the system's error text in
 * the message.
 *
 * <p>The memory of buffers belongs to the application, which may free it at any time, on any
 * thread. Each call must check the memory, hold it while the system uses it, and keep no reference
 * to it afterwards. It throws {@link IllegalStateException} if the memory was freed and {@link
 * WrongThreadException} if it belongs to another thread; in both cases the system has neither read
 * nor written any bytes. Only buffers of {@link Sockets#allocateBuffer} need no check.
 */
public interface StreamSocket extends PollableSocket, ByteSource {

  /**
   * Binds the socket.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @throws IOException if the system refuses
   */
  void bind(SocketAddress local) throws IOException;

  /**
   * Starts connecting.
   *
   * @param remote a resolved address
   * @return whether the socket is connected already; otherwise it becomes ready for writing once
   *     {@link #finishConnect()} knows the outcome. For a Unix socket, {@code false} means instead
   *     that the backlog of the listener is full, and this socket is to be closed
   * @throws IOException if the connect fails at once
   */
  boolean connect(SocketAddress remote) throws IOException;

  /**
   * Returns the outcome of a connect.
   *
   * @return whether the socket is connected; {@code false} if the connect is still in progress
   * @throws IOException if the socket could not be connected
   */
  boolean finishConnect() throws IOException;

  /**
   * Reads the available bytes, once.
   *
   * @param target a buffer with room; its position advances by the number of bytes read
   * @return the number of bytes read, 0 if none is available now, -1 if the peer will send no more
   * @throws IOException if the connection was lost
   */
  @Override
  int read(ByteBuffer target) throws IOException;

  /**
   * Writes the bytes that the system takes. Returns fewer only if the system is full: a driver that
   * copies in pieces goes on with the next piece as long as the system takes all of one. So what
   * fits into the buffers of the system is sent, even if the loop does not poll any more.
   *
   * @param source the bytes; its position advances by the number of bytes taken
   * @return the number of bytes taken, 0 if the system takes none now
   * @throws IOException if the connection was lost
   */
  int write(ByteBuffer source) throws IOException;

  /**
   * Writes the bytes that the system takes from several buffers, in order, with as few system calls
   * as possible. Returns fewer only if the system is full.
   *
   * @param sources the buffers; their positions advance by the bytes taken
   * @param count the number of buffers to write, from the first
   * @return the number of bytes taken, 0 if the system takes none now
   * @throws IOException if the connection was lost
   */
  long write(ByteBuffer[] sources, int count) throws IOException;

  /**
   * Lets the system copy bytes of a file, with one system call. A driver that opens no files need
   * not implement this.
   *
   * @param file a file that {@link Sockets#openFile} of the same driver returned
   * @param position the position of the first byte in the file
   * @param count the maximum number of bytes
   * @return the number of bytes copied, 0 if the system takes none now, -1 if the file ends at the
   *     position
   * @throws SendFileNotAvailableException if the system cannot copy this file
   * @throws java.net.SocketException if the connection has failed, and nothing else is wrong
   * @throws IOException if the file cannot be read
   */
  default long sendFile(SendableFile file, long position, long count) throws IOException {
    throw new SendFileNotAvailableException(
        "cannot call sendFile: %s does not support SEND_FILE".formatted(getClass().getName()));
  }

  /**
   * Ends the outgoing stream.
   *
   * @throws IOException if the connection was lost
   */
  void shutdownOutput() throws IOException;

  /**
   * Identifies the process at the other end of a Unix socket.
   *
   * @return the peer, if this is a connected Unix socket and the system knows the peer
   * @implSpec returns nothing
   */
  default Optional<PeerCredentials> peerCredentials() {
    return Optional.empty();
  }
}
