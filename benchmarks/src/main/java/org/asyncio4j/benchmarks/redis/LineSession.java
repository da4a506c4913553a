package org.asyncio4j.benchmarks.redis;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * The session of a client, for a server that reads request by request and waits for missing bytes.
 */
final class LineSession {

  private final RequestReader requests;
  private final Commands commands;
  private final Replies replies = new Replies();

  LineSession(RequestReader requests, Commands commands) {
    this.requests = requests;
    this.commands = commands;
  }

  /**
   * Reads and executes the next request.
   *
   * @return whether more may follow; otherwise the connection must be closed after the reply
   */
  boolean executeNext() throws IOException {
    try {
      byte[][] request = requests.next();
      if (request == null) {
        return false;
      }
      commands.execute(request, replies);
      return true;
    } catch (ProtocolException wrong) {
      replies.error(String.valueOf(wrong.getMessage()));
      return false;
    }
  }

  /** Returns the replies since the last call; they are valid until the next request is executed. */
  ByteBuffer replies() {
    return replies.take();
  }
}
