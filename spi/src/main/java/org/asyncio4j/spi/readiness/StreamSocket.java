package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.net.PeerCredentials;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.spi.transport.ByteSource;

/**
 * A non-blocking TCP or Unix socket. All calls return at once; interrupted system calls are
 * repeated; failures are told by the JDK's exceptions where there is one ({@link
 * java.net.ConnectException}, {@link java.net.BindException}, …), with the system's own words in
 * the message.
 *
 * <p>Memory of buffers belongs to the application, which may free it at any moment, on any thread.
 * Each call must check it, hold it while the system uses it, and keep nothing of it afterwards:
 * {@link IllegalStateException} if it was freed, {@link WrongThreadException} if it belongs to
 * another thread, and the system has taken or left nothing then. Buffers of {@link
 * Sockets#allocateBuffer} alone need no check.
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
   * Starts to connect.
   *
   * @param remote a resolved address
   * @return whether the socket is connected already; otherwise it will be ready for writing once
   *     {@link #finishConnect()} can tell, except for a Unix socket: the backlog of the listener is
   *     full then, and this socket is to be closed
   * @throws IOException if the system refuses at once
   */
  boolean connect(SocketAddress remote) throws IOException;

  /**
   * Tells how a connect ended.
   *
   * @return whether the socket is connected; {@code false} if it still tries
   * @throws IOException if it could not be connected
   */
  boolean finishConnect() throws IOException;

  /**
   * Reads what is there, once.
   *
   * @param target a buffer with room; its position moves by what was read
   * @return the number of bytes, 0 if there is nothing now, -1 if the peer will send no more
   * @throws IOException if the connection was lost
   */
  @Override
  int read(ByteBuffer target) throws IOException;

  /**
   * Writes what the system takes, once.
   *
   * @param source the bytes; its position moves by what was taken
   * @return the number of bytes, 0 if the system takes none now
   * @throws IOException if the connection was lost
   */
  int write(ByteBuffer source) throws IOException;

  /**
   * Writes what the system takes of several buffers, in order, by one system call.
   *
   * @param sources the buffers; their positions move by what was taken
   * @param count how many of them, from the first; the driver may take fewer than that into account
   * @return the number of bytes, 0 if the system takes none now
   * @throws IOException if the connection was lost
   */
  long write(ByteBuffer[] sources, int count) throws IOException;

  /**
   * Has the system copy bytes of a file, by one system call. A driver that opens no files need not
   * do that.
   *
   * @param file what {@link Sockets#openFile} of the same driver answered
   * @param position where the bytes begin in the file
   * @param count how many at most
   * @return the number of bytes; 0 if the system takes none now; -1 if the file ends at the
   *     position
   * @throws SendFileNotAvailableException if the system cannot copy this file
   * @throws java.net.SocketException if the connection has failed, and nothing else is wrong
   * @throws IOException if the file cannot be read
   */
  default long sendFile(SendableFile file, long position, long count) throws IOException {
    throw new SendFileNotAvailableException(
        "sendFile needs a driver with the capability SEND_FILE but %s has it not"
            .formatted(getClass().getName()));
  }

  /**
   * Ends the outgoing stream.
   *
   * @throws IOException if the connection was lost
   */
  void shutdownOutput() throws IOException;

  /**
   * Tells who is at the other end of a Unix socket.
   *
   * @return the peer, if the socket is one of Unix, connected, and the system tells
   * @implSpec tells nothing
   */
  default Optional<PeerCredentials> peerCredentials() {
    return Optional.empty();
  }
}
