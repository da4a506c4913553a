package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.SocketAddress;

/**
 * Receives the outcome of a receive. A driver reports it exactly once, inside {@link
 * CompletionPort#poll}. Neither method runs application code, blocks or throws, unless the outcome
 * was reported before.
 */
public interface ReceiveCompletion {

  /**
   * Reports a datagram.
   *
   * @param count the number of bytes in the buffer, possibly none
   * @param from the address of the sender
   */
  void received(int count, SocketAddress from);

  /**
   * Reports that nothing was received, or that the receive was cancelled because its socket was
   * closed.
   *
   * @param failure the system's error, for instance {@link java.net.PortUnreachableException} if a
   *     datagram sent earlier found no receiver
   */
  void failed(IOException failure);
}
