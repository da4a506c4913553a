package org.asyncio4j.benchmarks.redis;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** The session of a client, for a server that receives data in pieces of any size. */
final class Session {

  private final RequestParser parser = new RequestParser();
  private final Replies replies = new Replies();
  private final Commands commands;
  private boolean over;

  Session(Commands commands) {
    this.commands = commands;
  }

  /**
   * Executes the requests that are complete now.
   *
   * @param piece the received bytes, from position to limit
   * @return all replies, to be written together; valid until the next call
   */
  ByteBuffer receive(ByteBuffer piece) {
    parser.append(piece);
    try {
      byte[][] request = parser.next();
      while (request != null) {
        commands.execute(request, replies);
        request = parser.next();
      }
    } catch (ProtocolException wrong) {
      replies.error(String.valueOf(wrong.getMessage()));
      over = true;
    }
    return replies.take();
  }

  /**
   * Returns whether the connection must be closed, because the client has sent an invalid request.
   */
  boolean isOver() {
    return over;
  }
}
