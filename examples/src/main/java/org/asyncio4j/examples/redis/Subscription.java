package org.asyncio4j.examples.redis;

import java.io.IOException;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.sync.QueueShutDownException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a channel since {@link RedisClient#subscribe}. They are queued until they are
 * taken. If too many messages are queued, the subscription ends, because other tasks use the same
 * connection.
 */
final class Subscription implements AutoCloseable {

  static final int MAX_WAITING = 10_000;

  private final RedisConnection connection;
  private final String channel;
  private final AsyncQueue<byte[]> messages = new AsyncQueue<>();
  private @Nullable IOException reason;

  Subscription(RedisConnection connection, String channel) {
    this.connection = connection;
    this.channel = channel;
  }

  String channel() {
    return channel;
  }

  /**
   * Returns the next message, suspending the current task until there is one.
   *
   * @return the message
   * @throws IOException if the connection is lost, too many messages were queued, or this is
   *     closed, and all earlier messages were taken
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; no message
   *     is lost
   */
  byte[] take() throws IOException {
    try {
      return messages.get();
    } catch (QueueShutDownException end) {
      throw new IOException(
          "cannot take a message: the subscription to '%s' has ended; subscribe again"
              .formatted(channel),
          reason == null ? end : reason);
    }
  }

  void deliver(byte[] message) {
    if (messages.size() < MAX_WAITING) {
      messages.putNoWait(message);
    } else {
      close();
      end(
          new IOException(
              "cannot store a message: %d messages wait already".formatted(MAX_WAITING)));
    }
  }

  void end(@Nullable IOException cause) {
    reason = cause;
    messages.shutdown();
  }

  /** Ends the subscription. Never waits. Further calls have no effect. */
  @Override
  public void close() {
    if (connection.subscriptions().remove(this)) {
      connection.sendOnly(RedisCommand.of("UNSUBSCRIBE", channel));
    }
    messages.shutdown();
  }
}
