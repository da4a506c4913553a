package org.asyncio4j.benchmarks.comparison;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The messages that a client sends, and the replies that it must receive. */
public interface Dialogue {

  /**
   * Returns the next message, from position to limit. It is valid until this method is called
   * again.
   */
  ByteBuffer nextMessage();

  /** Returns the number of requests in a message. */
  int requestsPerMessage();

  /**
   * Checks a piece of the reply to the last message.
   *
   * @param piece the piece, from position to limit
   * @return whether the reply is complete now
   * @throws IOException if the reply is wrong
   */
  boolean receive(ByteBuffer piece) throws IOException;
}
