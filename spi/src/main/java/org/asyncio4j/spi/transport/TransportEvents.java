package org.asyncio4j.spi.transport;

import java.io.IOException;

/**
 * The events that both kinds of backend report to a transport. They are reported on the loop's
 * thread, from a callback in the context of the transport, and never from inside a call of {@link
 * TransportBackend}, with the exception of {@link #failed}.
 */
public interface TransportEvents {

  /**
   * Reports that the system may take more: the socket has room, or a write has ended. The transport
   * writes the pending data, resumes the protocol, and does what waited for the last byte.
   */
  void writable();

  /**
   * Reports that the socket cannot be used any more. The connection is lost; the exception reaches
   * the protocol only.
   *
   * @param failure the system's error
   */
  void failed(IOException failure);
}
