package org.asyncio4j.internal.stream;

import java.lang.ref.Cleaner;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose streams have become unreachable, and reports it: the {@code
 * ResourceWarning} of asyncio's writer.
 */
final class Abandonment implements Runnable {

  private static final Cleaner CLEANER = Cleaner.create();

  private volatile @Nullable OpenConnection connection;

  private Abandonment(OpenConnection connection) {
    this.connection = connection;
  }

  /** A token that the streams of a connection hold: it is collected when all of them are. */
  static final class Token {}

  /**
   * Closes a connection when a token is collected.
   *
   * @param token the token, which only the streams may hold
   */
  static Abandonment watch(Token token, EventLoop loop, StreamsProtocol protocol) {
    Throwable openedAt = loop.isDebug() ? new Throwable("The streams were opened here") : null;
    Abandonment watching = new Abandonment(new OpenConnection(loop, protocol, openedAt));
    Cleaner.Cleanable ignored = CLEANER.register(token, watching);
    return watching;
  }

  /** Notes that the connection has ended. Does not use the cleaner, which would take a lock. */
  void settle() {
    connection = null;
  }

  /** Runs on the cleaner's thread. */
  @Override
  public void run() {
    OpenConnection left = connection;
    if (left == null) {
      return;
    }
    try {
      left.loop.callSoonThreadsafe(left::close);
    } catch (IllegalStateException closed) {
      // The loop has closed all of its connections.
    }
  }

  private record OpenConnection(
      EventLoop loop, StreamsProtocol protocol, @Nullable Throwable openedAt) {

    void close() {
      Transport transport = protocol.transport();
      // A connection that was given another protocol does not need its streams.
      if (!transport.isClosing() && transport.protocol() == protocol) {
        loop.callExceptionHandler(
            ErrorReport.of(
                    "unclosed connection: its streams were forgotten, and it is closed now; call"
                        + " close() on the writer")
                .withTransport(transport)
                .withCreatedAt(openedAt));
        transport.close();
      }
    }
  }
}
