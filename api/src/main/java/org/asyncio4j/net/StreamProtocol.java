package org.asyncio4j.net;

/** A protocol over a stream of bytes: either one that is handed data, or one that lends buffers. */
public sealed interface StreamProtocol extends BaseProtocol permits Protocol, BufferedProtocol {

  /**
   * Called once, when the connection is made, before anything else.
   *
   * @param transport the connection
   */
  default void connectionMade(Transport transport) {}

  /**
   * Called once at most, when the peer will send no more.
   *
   * @return {@code true} to keep the transport open for writing; {@code false} to have it closed
   *     after what is written
   */
  default boolean eofReceived() {
    return false;
  }
}
