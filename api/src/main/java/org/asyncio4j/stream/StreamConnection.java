package org.asyncio4j.stream;

import static java.util.Objects.requireNonNull;

/**
 * Both directions of a connection: the pair that {@code asyncio.open_connection} returns.
 *
 * @param reader what the peer sends
 * @param writer what it gets
 */
public record StreamConnection(StreamReader reader, StreamWriter writer) implements AutoCloseable {

  /** Checks the components. */
  public StreamConnection {
    requireNonNull(reader, "reader");
    requireNonNull(writer, "writer");
  }

  /**
   * Closes the connection as {@link StreamWriter#close()} does: what was written is still sent, and
   * this does not wait for it.
   */
  @Override
  public void close() {
    writer.close();
  }
}
