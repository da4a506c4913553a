package org.asyncio4j.spi.transport;

/**
 * What both kinds of transport ask of the loop. All calls return at once and do not throw: a
 * backend that cannot do what it is asked calls {@link TransportEvents#failed} instead.
 *
 * <p>No method may call the protocol, directly or through the events: events are reported from
 * callbacks of the loop only, in the context of the transport.
 */
public interface TransportBackend {

  /** Starts to bring what the peer sends, until {@link #stopReading()}. */
  void startReading();

  /**
   * Stops bringing what the peer sends. What was not reported yet is not reported before the next
   * {@link #startReading()}, even if it has arrived already; it must not be lost.
   */
  void stopReading();

  /**
   * Called when the transport has something to write that the system has not taken, and again each
   * time that more is added or remains. A readiness backend waits until the socket has room and
   * calls {@code writable()}. A completion backend lends the pending buffers and hands them to the
   * system, unless an earlier write is still under way.
   */
  void startWriting();

  /** Called when nothing is left to write. */
  void stopWriting();

  /**
   * Ends all I/O: nothing is reported afterwards, and what is under way is cancelled where the
   * system can do that. The transport closes the socket later, by {@link
   * org.asyncio4j.spi.SocketHandle#close()}. Does nothing when repeated.
   */
  void cancel();
}
