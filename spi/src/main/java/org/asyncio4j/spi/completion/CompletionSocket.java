package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.net.socket.PeerCredentials;
import org.asyncio4j.spi.hooks.SocketHandle;

/**
 * A TCP or Unix socket whose operations end later. At most one read and one write are pending at a
 * time.
 *
 * <p>{@link #close()} releases the descriptor as soon as the system allows it. Operations that are
 * pending at that time are still completed, usually with a failure.
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
   * Starts connecting. Returns at once.
   *
   * @param remote a resolved address
   * @param completion receives the outcome; by then the addresses of the socket are known
   */
  void connect(SocketAddress remote, Completion completion);

  /**
   * Starts reading the available or next bytes, at least one. Returns at once.
   *
   * @param target a buffer of {@link CompletionSockets#allocateBuffer} with room from its position
   *     to its limit; it belongs to the system until the completion. The number of bytes comes from
   *     the completion, so the position may or may not move
   * @param completion receives the number of bytes, or -1 if the peer will send no more
   */
  void read(ByteBuffer target, Completion completion);

  /**
   * Starts writing. Returns at once.
   *
   * @param sources buffers of {@link CompletionSockets#allocateBuffer}, at least one; they belong
   *     to the system until the completion. The number of bytes comes from the completion, so the
   *     positions may or may not move
   * @param completion receives the number of bytes that the system has taken, from the first;
   *     possibly fewer than all
   */
  void write(List<ByteBuffer> sources, Completion completion);

  /**
   * Ends the outgoing stream. Called only while no write is pending.
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
