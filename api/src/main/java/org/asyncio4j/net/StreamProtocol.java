package org.asyncio4j.net;

/**
 * A protocol over a stream of bytes: either one that receives data, or one that provides buffers.
 */
public sealed interface StreamProtocol extends BaseProtocol permits Protocol, BufferedProtocol {

  /**
   * Called once, when the connection is made, before anything else.
   *
   * @param transport the connection
   */
  default void connectionMade(Transport transport) {}

  /**
   * Called at most once, when the peer has ended its stream.
   *
   * @return {@code true} to keep the transport open for writing; {@code false} to close it once
   *     buffered bytes are written
   */
  default boolean eofReceived() {
    return false;
  }
}
