package org.asyncio4j.stream;

import static java.util.Objects.requireNonNull;

/**
 * Both directions of a connection: the pair that {@code asyncio.open_connection} returns.
 *
 * @param reader reads what the peer sends
 * @param writer writes to the client
 */
public record StreamConnection(StreamReader reader, StreamWriter writer) implements AutoCloseable {

  /** Checks the components. */
  public StreamConnection {
    requireNonNull(reader, "reader");
    requireNonNull(writer, "writer");
  }

  /**
   * Closes the connection as {@link StreamWriter#close()} does: bytes that were written are still
   * sent, but this method does not wait for that.
   */
  @Override
  public void close() {
    writer.close();
  }
}
