package org.asyncio4j.spi.completion;

import java.io.IOException;

/**
 * What a driver reports when a connection was accepted: exactly once, inside {@link
 * CompletionPort#poll}.
 */
public interface AcceptCompletion {

  /**
   * Reports a connection.
   *
   * @param socket the connected socket, which belongs to the loop from now on
   */
  void accepted(CompletionSocket socket);

  /**
   * Reports that no connection was accepted.
   *
   * @param failure the system's error; {@link
   *     org.asyncio4j.spi.transport.ConnectionAbortedException} if the peer gave up while it
   *     waited, {@link org.asyncio4j.spi.transport.ResourcesExhaustedException} if the system is
   *     out of descriptors or memory
   */
  void failed(IOException failure);
}
