package org.asyncio4j.spi.completion;

import java.io.IOException;

/**
 * Receives the outcome of an accept. A driver reports it exactly once, inside {@link
 * CompletionPort#poll}.
 */
public interface AcceptCompletion {

  /**
   * Reports a connection.
   *
   * @param socket the connected socket, which the loop owns from now on
   */
  void accepted(CompletionSocket socket);

  /**
   * Reports that no connection was accepted.
   *
   * @param failure the system's error; {@link
   *     org.asyncio4j.spi.transport.ConnectionAbortedException} if the peer gave up while it
   *     waited, {@link org.asyncio4j.spi.transport.ResourcesExhaustedException} if the system has
   *     run out of descriptors or memory
   */
  void failed(IOException failure);
}
