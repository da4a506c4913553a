package org.asyncio4j.spi.hooks;

import org.asyncio4j.net.socket.TransportSocket;

/**
 * A socket that a loop passes from one hook to the next: from {@code connectSocket} or {@code
 * startServing} to {@code makeSocketTransport}, from {@code bindSocket} to {@code startServing},
 * from {@code openDatagram} to {@code makeDatagramTransport}. The receiver is responsible for
 * closing it.
 */
public interface SocketHandle extends TransportSocket, AutoCloseable {

  /** {@return whether {@link #close()} has not yet been called} */
  boolean isOpen();

  /** Closes the socket and releases its descriptor. Further calls do nothing. Never throws. */
  @Override
  void close();
}
