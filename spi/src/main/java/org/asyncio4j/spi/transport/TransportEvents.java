package org.asyncio4j.spi.transport;

import java.io.IOException;

/**
 * What both kinds of backend report to a transport: on the loop's thread, from a callback in the
 * context of the transport, never from inside a call of {@link TransportBackend}.
 */
public interface TransportEvents {

  /**
   * {@return whether the transport takes what the peer sends} Between {@code startReading} and
   * {@code stopReading} this is false while a callback of the protocol is suspended.
   */
  boolean isReceiving();

  /**
   * Reports that the socket has room, of which a readiness backend was told by its system. The
   * transport writes what is pending.
   */
  void writable();

  /**
   * Reports that the socket cannot be used any more. The connection is lost; the exception reaches
   * the protocol and nobody else.
   *
   * @param failure the system's error
   */
  void failed(IOException failure);
}
