package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The events that the backend of a datagram transport reports. A readiness backend calls {@link
 * #readFrom} and {@link #writable()}; a completion backend calls {@link #received}, {@link
 * #receiveFailed}, {@link #firstPending()}, {@link #sent()}, {@link #sendFailed} and {@link
 * #writable()}.
 */
public interface DatagramEvents extends TransportEvents {

  /** The buffer size for any IPv4 or IPv6 datagram: one byte more than the longest. */
  int LONGEST_BYTES = 65_536;

  /**
   * Reports that the socket may have a datagram. The transport receives one datagram and passes it
   * to the protocol.
   *
   * @param source receives from the socket
   */
  void readFrom(DatagramSource source);

  /**
   * {@return the number of bytes of a buffer to receive into} That is one byte more than the
   * longest datagram that the endpoint accepts, so that longer ones are noticed, and dropped.
   */
  int receiveBytes();

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
   * {@return the datagram to send next} It does not change until {@link #sent()} or {@link
   * #sendFailed}, even if the endpoint is lost before that.
   */
  Optional<PendingDatagram> firstPending();

  /**
   * Reports that the {@linkplain #firstPending() first} datagram was sent. Unlike most events, this
   * may be reported while the loop polls, because the protocol is not called: {@link #writable()}
   * does that, which must follow.
   */
  void sent();

  /**
   * Reports that the system has refused the {@linkplain #firstPending() first} datagram. That
   * datagram is dropped; the others are still sent. Like {@link #sent()}, this may be reported
   * while the loop polls; the protocol learns of it by {@link #writable()}, which must follow.
   *
   * @param failure the system's error
   */
  void sendFailed(IOException failure);
}
