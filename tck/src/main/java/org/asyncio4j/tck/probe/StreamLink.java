package org.asyncio4j.tck.probe;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;

/**
 * A connection between the streams of a loop and a plain socket.
 *
 * @param streams the loop's end; for the loop's thread only
 * @param peer the other end
 */
public record StreamLink(StreamConnection streams, Peer peer) {

  /** Checks the components. */
  public StreamLink {
    requireNonNull(streams, "streams");
    requireNonNull(peer, "peer");
  }

  /** {@return what arrives at the loop's end} */
  public StreamReader reader() {
    return streams.reader();
  }

  /** {@return what the loop's end writes} */
  public StreamWriter writer() {
    return streams.writer();
  }
}
