package org.asyncio4j.spi.transport;

/**
 * The I/O that the loop provides to both kinds of transport. All calls return at once and do not
 * throw: a backend that fails calls {@link TransportEvents#failed} instead.
 *
 * <p>No method may call the protocol, directly or through the events: events are reported from
 * callbacks of the loop only, in the context of the transport.
 */
public interface TransportBackend {

  /** Starts reporting data from the peer, until {@link #stopReading()}. */
  void startReading();

  /**
   * Stops reporting data from the peer. Data that has arrived but was not reported yet must not be
   * lost; it is not reported before the next {@link #startReading()}.
   */
  void stopReading();

  /**
   * Called when the transport has bytes or datagrams that the system has not taken, and again each
   * time that more are added or some remain. A readiness backend waits until the socket has room
   * and calls {@code writable()}. A completion backend lends the pending buffers and hands them to
   * the system, unless an earlier write is still under way.
   */
  void startWriting();

  /** Called when nothing is left to write. */
  void stopWriting();

  /**
   * Ends all I/O: nothing is reported afterwards, and pending operations are cancelled if the
   * system supports that. The transport closes the socket later, with {@link
   * org.asyncio4j.spi.hooks.SocketHandle#close()}. Further calls do nothing.
   */
  void cancel();
}
