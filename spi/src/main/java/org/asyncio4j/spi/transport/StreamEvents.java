package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The events that the backend of a stream transport reports. A readiness backend calls {@link
 * #readFrom} and {@link #writable()}; a completion backend calls {@link #received}, {@link
 * #endOfInput()}, {@link #lendPending()}, {@link #written}, {@link #writable()} and {@link
 * #writeFailed}.
 *
 * <p>All of these are still allowed after the connection was closed or lost: received bytes are
 * dropped, and lent buffers are taken back.
 */
public interface StreamEvents extends TransportEvents {

  /**
   * Reports that the socket may have something to read. The transport reads once, into its own
   * buffer or the protocol's, and delivers the bytes. If it does not want any data, it only stops
   * the backend.
   *
   * @param source reads from the socket
   */
  void readFrom(ByteSource source);

  /**
   * Reports bytes that have arrived, between {@link TransportBackend#startReading()} and {@link
   * TransportBackend#stopReading()}. Returns once the protocol has taken them; that may suspend the
   * callback, and nothing else that the peer has sent is to be reported before it returns.
   *
   * @param data the bytes; the position advances by the number of bytes taken. Bytes remain only if
   *     the protocol has paused reading in the meantime; they must be offered again after {@link
   *     TransportBackend#startReading()}
   * @throws IllegalStateException if the transport does not read, although it is neither closing
   *     nor lost
   */
  void received(ByteBuffer data);

  /**
   * Reports that the peer will send no more.
   *
   * @throws IllegalStateException as {@link #received} does
   */
  void endOfInput();

  /**
   * Lends the first pending buffers to the system, for one write. They do not change until {@link
   * #written} or {@link #writeFailed}, even if the connection is lost or the loop is closed before
   * that. Only one write may be under way.
   *
   * @return views of the buffers, whose positions may be moved; empty if nothing is pending
   * @throws IllegalStateException if an earlier write is still under way
   */
  List<ByteBuffer> lendPending();

  /**
   * Takes back what was lent, after a write has ended, and starts the next one if more is pending.
   * Runs no code of an application, so it may be called while the loop polls; {@link #writable()}
   * must follow, in a callback.
   *
   * @param count the number of bytes that the system has taken, from the first; possibly fewer than
   *     were lent. The rest is lent again
   */
  void written(long count);

  /**
   * Reports that a write has failed: the connection is lost.
   *
   * @param failure the system's error
   */
  void writeFailed(IOException failure);
}
