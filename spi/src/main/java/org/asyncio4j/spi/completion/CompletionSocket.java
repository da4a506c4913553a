package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.net.PeerCredentials;
import org.asyncio4j.spi.SocketHandle;

/**
 * A TCP or Unix socket whose operations end later. At most one read and one write are under way at
 * a time.
 *
 * <p>{@link #close()} gives the descriptor back as soon as the system allows it. Operations that
 * are under way then are completed all the same, mostly with a failure.
 */
public interface CompletionSocket extends SocketHandle {

  /**
   * Binds the socket. Returns at once.
   *
   * @param local a resolved address; port 0 lets the system choose
   * @throws IOException if the system refuses
   */
  void bind(SocketAddress local) throws IOException;

  /**
   * Starts to connect. Returns at once.
   *
   * @param remote a resolved address
   * @param completion receives the outcome; the addresses of the socket are known then
   */
  void connect(SocketAddress remote, Completion completion);

  /**
   * Starts to read what is there or arrives next, at least one byte. Returns at once.
   *
   * @param target a buffer of {@link CompletionSockets#allocateBuffer} with room from its position
   *     to its limit, the system's until the completion. Whether the position is moved does not
   *     matter: the count tells
   * @param completion receives the number of bytes, or -1 if the peer will send no more
   */
  void read(ByteBuffer target, Completion completion);

  /**
   * Starts to write. Returns at once.
   *
   * @param sources buffers of {@link CompletionSockets#allocateBuffer}, at least one, the system's
   *     until the completion. Whether the positions are moved does not matter: the count tells
   * @param completion receives how many bytes the system has taken, from the first: all, or fewer
   */
  void write(List<ByteBuffer> sources, Completion completion);

  /**
   * Ends the outgoing stream. No write is under way.
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
