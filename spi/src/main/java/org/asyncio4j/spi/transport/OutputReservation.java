package org.asyncio4j.spi.transport;

import java.io.IOException;

/**
 * The outgoing direction of a stream transport in the hands of one task, which writes to the socket
 * by itself. On the loop's thread.
 */
public interface OutputReservation extends AutoCloseable {

  /**
   * Suspends the current task until everything is written that was written before the reservation.
   *
   * @throws IOException if the connection is lost
   */
  void awaitFlush() throws IOException;

  /**
   * Suspends the current task until the socket may have room. The backend is asked to {@linkplain
   * TransportBackend#startWriting() start writing} although nothing is pending, and reports {@code
   * writable()}.
   *
   * @throws IOException if the connection is lost
   */
  void awaitRoom() throws IOException;

  /**
   * Checks that the connection still exists.
   *
   * @throws IOException if it is lost
   */
  void requireConnection() throws IOException;

  /**
   * Ends the reservation. What waited for it (a close, the end of the output, a paused protocol)
   * happens in a callback. Does nothing when repeated.
   */
  @Override
  void close();
}
