package org.asyncio4j.spi.transport;

import java.io.IOException;

/**
 * The outgoing direction of a stream transport, reserved for one task that writes to the socket
 * itself. Used on the loop's thread.
 */
public interface OutputReservation extends AutoCloseable {

  /**
   * Suspends the current task until the system has taken all bytes written before the reservation.
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
   * Ends the reservation. Anything that waits for that (a close, the end of the output, a paused
   * protocol) is handled in a callback. Does nothing when repeated.
   */
  @Override
  void close();
}
