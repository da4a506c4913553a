package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.net.socket.PeerCredentials;

/** The I/O of one connected socket, which the loop provides to a stream transport. */
public interface StreamBackend extends TransportBackend {

  /**
   * Writes the bytes that the system takes at once. Keeps no reference to the buffer, whose memory
   * belongs to the application. A backend whose system has no such call returns 0: the transport
   * then copies the bytes, and {@link #startWriting()} follows.
   *
   * @param data the bytes; its position advances by the number of bytes taken
   * @return the number of bytes taken, 0 if the system takes none now
   * @throws IOException if the connection was lost
   */
  int write(ByteBuffer data) throws IOException;

  /**
   * Writes the bytes that the system takes at once from several buffers, in order, as {@link
   * #write(ByteBuffer)} does.
   *
   * @param data the buffers; their positions advance by the bytes taken
   * @param count the number of buffers to write, from the first
   * @return the number of bytes taken, 0 if the system takes none now
   * @throws IOException if the connection was lost
   */
  long write(ByteBuffer[] data, int count) throws IOException;

  /**
   * Ends the outgoing stream. Called once, when nothing is left to write and no write is under way.
   *
   * @throws IOException if the connection was lost
   */
  void shutdownOutput() throws IOException;

  /**
   * Identifies the process at the other end of a Unix socket.
   *
   * @return the peer, if the system knows it
   * @implSpec returns nothing
   */
  default Optional<PeerCredentials> peerCredentials() {
    return Optional.empty();
  }
}
