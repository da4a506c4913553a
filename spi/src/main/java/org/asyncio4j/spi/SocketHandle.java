package org.asyncio4j.spi;

import org.asyncio4j.net.TransportSocket;

/**
 * A socket as a loop hands it from one hook to the next: from {@code connectSocket} or {@code
 * startServing} to {@code makeSocketTransport}, from {@code bindSocket} to {@code startServing},
 * from {@code openDatagram} to {@code makeDatagramTransport}. Who receives one closes it.
 */
public interface SocketHandle extends TransportSocket, AutoCloseable {

  /** {@return whether {@link #close()} was not called yet} */
  boolean isOpen();

  /**
   * Closes the socket and gives its descriptor back, once; does nothing when repeated. Never
   * throws.
   */
  @Override
  void close();
}
