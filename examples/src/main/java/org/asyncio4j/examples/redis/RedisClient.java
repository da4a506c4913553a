package org.asyncio4j.examples.redis;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.examples.redis.Resp.Blob;
import org.asyncio4j.examples.redis.Resp.Refusal;
import org.asyncio4j.examples.redis.Resp.Sequence;
import org.asyncio4j.examples.redis.Resp.Whole;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.options.ConnectOptions;

/**
 * A Redis client that all tasks of a loop can share.
 *
 * <pre>{@code
 * try (RedisClient redis = RedisClient.connect("127.0.0.1", 6379)) {
 *   redis.set("greeting", "hello".getBytes(UTF_8));
 *   long visits = redis.increment("visits");
 * }
 * }</pre>
 *
 * <p>Every method that waits suspends the current task, and throws
 *
 * <ul>
 *   <li>{@link IOException} if the connection is lost before the reply arrives; the command may or
 *       may not have been executed;
 *   <li>{@link RedisRefusedException} if the server refuses the command;
 *   <li>{@link org.asyncio4j.core.CancelledError} if the task is cancelled; the command is executed
 *       anyway, and its reply is dropped.
 * </ul>
 */
final class RedisClient implements AutoCloseable {

  /** Opens a connection: TCP, a Unix socket, or any other kind that the loop supports. */
  @FunctionalInterface
  interface Connector {

    /**
     * Connects, suspending the current task.
     *
     * @param protocol creates the protocol
     * @return the connection
     * @throws IOException if the connection fails
     */
    Connection<RedisConnection> connect(Supplier<RedisConnection> protocol) throws IOException;
  }

  private final Connector connector;
  private final RedisConnection connection;

  private RedisClient(Connector connector, RedisConnection connection) {
    this.connector = connector;
    this.connection = connection;
  }

  /**
   * Connects over TCP.
   *
   * @throws IOException if the connection fails, or the peer is not a Redis server
   */
  static RedisClient connect(String host, int port) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    ConnectOptions server = ConnectOptions.to(host, port);
    return connect(protocol -> loop.createConnection(protocol, server));
  }

  /**
   * Connects over a Unix socket.
   *
   * @throws IOException if the connection fails, or the peer is not a Redis server
   */
  static RedisClient connect(Path socket) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    return connect(protocol -> loop.createUnixConnection(protocol, socket));
  }

  /**
   * Connects with a connector.
   *
   * @throws IOException if the connection fails, or the peer is not a Redis server
   */
  static RedisClient connect(Connector connector) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    var made = connector.connect(() -> new RedisConnection(loop));
    RedisClient client = new RedisClient(connector, made.protocol());
    try {
      Resp ignored = client.call("HELLO", 3); // with version 3, one connection is enough
      return client;
    } catch (Throwable failed) {
      made.transport().abort();
      throw failed;
    }
  }

  /** {@return the reply to a command, after waiting for it} */
  Resp call(String name, Object... arguments) throws IOException {
    RedisCommand command = RedisCommand.of(name, arguments);
    connection.awaitRoom();
    Resp reply = connection.send(command).awaitThrowing(IOException.class);
    if (reply instanceof Refusal(String message)) {
      throw new RedisRefusedException(command, message);
    }
    return reply;
  }

  /**
   * {@return a future for the reply to a command, without waiting} The reply may be a {@link
   * Refusal}. Unlike {@link #call}, this method can fill the memory if the caller sends faster than
   * the server reads.
   */
  Future<Resp> send(String name, Object... arguments) {
    return connection.send(RedisCommand.of(name, arguments));
  }

  /** {@return the replies to commands that are sent without waiting for the replies in between} */
  List<Resp> pipeline(List<RedisCommand> commands) throws IOException {
    List<Future<Resp>> replies = new ArrayList<>(commands.size());
    try {
      for (RedisCommand command : commands) {
        connection.awaitRoom();
        replies.add(connection.send(command));
      }
      return Asyncio.gather(replies).awaitThrowing(IOException.class);
    } finally {
      replies.forEach(Future::cancel); // prevents reports about replies that are no longer awaited
    }
  }

  /** {@return the value of a key, if it exists} */
  Optional<byte[]> get(String key) throws IOException {
    return call("GET", key) instanceof Blob(byte[] value) ? Optional.of(value) : Optional.empty();
  }

  /** Sets the value of a key. */
  void set(String key, byte[] value) throws IOException {
    Resp ignored = call("SET", key, value);
  }

  /** {@return the value of a key after it was incremented} */
  long increment(String key) throws IOException {
    return whole(call("INCR", key));
  }

  /** {@return the length of a list after the value was appended} */
  long append(String key, byte[] value) throws IOException {
    return whole(call("RPUSH", key, value));
  }

  /**
   * Removes and returns the first element of a list, waiting while the list is empty. This uses a
   * connection of its own, because the server executes nothing else on it in the meantime. If the
   * task is cancelled, that connection is closed, and later elements stay in the list. An element
   * that the server has already sent is lost, as always with BLPOP.
   *
   * @param limit how long the server waits; zero means indefinitely
   * @return the first element, or empty if none arrived in time
   */
  Optional<byte[]> takeFirst(String key, Duration limit) throws IOException {
    String seconds = String.format(Locale.ROOT, "%.3f", limit.toMillis() / 1000.0);
    try (RedisClient own = connect(connector)) {
      return own.call("BLPOP", key, seconds) instanceof Sequence(List<Resp> items)
              && items.getLast() instanceof Blob(byte[] value)
          ? Optional.of(value)
          : Optional.empty();
    }
  }

  /** {@return the number of subscribers that received the message} */
  long publish(String channel, byte[] message) throws IOException {
    return whole(call("PUBLISH", channel, message));
  }

  /** {@return a subscription to a channel, from now on} */
  Subscription subscribe(String channel) throws IOException {
    Subscription subscription = new Subscription(connection, requireNonNull(channel, "channel"));
    connection.subscriptions().add(subscription);
    try {
      Resp ignored = call("SUBSCRIBE", channel);
      return subscription;
    } catch (Throwable failed) {
      subscription.close();
      throw failed;
    }
  }

  /**
   * Closes the connection. Commands already sent are still written, but get no reply. Never waits.
   */
  @Override
  public void close() {
    connection.close();
  }

  /** Suspends the current task until the connection is closed or lost. */
  void waitClosed() {
    connection.awaitEnd();
  }

  private static long whole(Resp reply) throws IOException {
    if (reply instanceof Whole(long value)) {
      return value;
    }
    throw new RespException("reply must be a number: " + reply);
  }
}
