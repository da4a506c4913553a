package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the backend of a datagram transport reports. A readiness backend calls {@link #readFrom} and
 * {@link #writable()}; a completion backend calls {@link #received}, {@link #receiveFailed}, {@link
 * #firstPending()}, {@link #sent()} and {@link #sendFailed}.
 */
public interface DatagramEvents extends TransportEvents {

  /** The room that any datagram of IPv4 and IPv6 needs, and one byte more than the longest. */
  int LONGEST_BYTES = 65_536;

  /**
   * Reports that the socket may have a datagram. The transport receives one and passes it on.
   *
   * @param source receives from the socket
   */
  void readFrom(DatagramSource source);

  /**
   * Reports a datagram that has arrived, between {@link TransportBackend#startReading()} and {@link
   * TransportBackend#stopReading()}. Returns once the protocol has taken it; that may suspend the
   * callback, and no other datagram is to be reported before it returns.
   *
   * @param data the bytes, which belong to the protocol until this returns
   * @param from the address of the sender
   * @throws IllegalStateException if the transport does not read, although it is neither closing
   *     nor lost: keep the datagram until {@link TransportBackend#startReading()}
   */
  void received(ByteBuffer data, SocketAddress from);

  /**
   * Reports an error that the endpoint survives, for instance that an earlier datagram found no
   * receiver.
   *
   * @param failure the system's error
   */
  void receiveFailed(IOException failure);

  /**
   * {@return the datagram to send next} It stays as it is until {@link #sent()} or {@link
   * #sendFailed}, even if the endpoint is lost before.
   */
  Optional<PendingDatagram> firstPending();

  /** Reports that the {@linkplain #firstPending() first} datagram was sent. */
  void sent();

  /**
   * Reports that the system has refused the {@linkplain #firstPending() first} datagram. It is
   * dropped, and the others go on.
   *
   * @param failure the system's error
   */
  void sendFailed(IOException failure);
}
