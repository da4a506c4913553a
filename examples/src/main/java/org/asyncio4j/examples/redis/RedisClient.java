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
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;

/**
 * A client of Redis, for all tasks of a loop.
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
 *   <li>{@link IOException} if the connection is lost before the reply has come: nobody knows then
 *       whether the command was done;
 *   <li>{@link RedisRefusedException} if the server refuses the command;
 *   <li>{@link org.asyncio4j.core.CancelledError} if the task is cancelled: the command is done all
 *       the same, and its reply dropped.
 * </ul>
 */
final class RedisClient implements AutoCloseable {

  /** How to get a connection: by TCP, a Unix socket, or anything else that the loop can connect. */
  @FunctionalInterface
  interface Connector {

    /**
     * Connects, suspending the current task.
     *
     * @param protocol makes the protocol
     * @return the connection
     * @throws IOException if there is none to be had
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
   * Connects by TCP.
   *
   * @throws IOException if that fails, or nobody speaks Redis there
   */
  static RedisClient connect(String host, int port) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    ConnectOptions server = ConnectOptions.to(host, port);
    return connect(protocol -> loop.createConnection(protocol, server));
  }

  /**
   * Connects by a Unix socket.
   *
   * @throws IOException if that fails, or nobody speaks Redis there
   */
  static RedisClient connect(Path socket) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    return connect(protocol -> loop.createUnixConnection(protocol, socket));
  }

  /**
   * Connects somehow.
   *
   * @throws IOException if that fails, or nobody speaks Redis there
   */
  static RedisClient connect(Connector connector) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    var made = connector.connect(() -> new RedisConnection(loop));
    RedisClient client = new RedisClient(connector, made.protocol());
    try {
      Resp ignored = client.call("HELLO", 3); // with version 3 one connection does for everything
      return client;
    } catch (Throwable failed) {
      made.transport().abort();
      throw failed;
    }
  }

  /** {@return the reply to a command, waiting for it} */
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
   * {@return the reply to a command, to come; never waits} It may be a {@link Refusal}. Whoever
   * sends faster than the server reads fills the memory; {@link #call} does not.
   */
  Future<Resp> send(String name, Object... arguments) {
    return connection.send(RedisCommand.of(name, arguments));
  }

  /**
   * {@return the replies to commands that are sent one after the other, without waiting between}
   */
  List<Resp> pipeline(List<RedisCommand> commands) throws IOException {
    List<Future<Resp>> replies = new ArrayList<>(commands.size());
    try {
      for (RedisCommand command : commands) {
        connection.awaitRoom();
        replies.add(connection.send(command));
      }
      return Asyncio.gather(replies).awaitThrowing(IOException.class);
    } finally {
      replies.forEach(Future::cancel); // those that nobody waits for now must not be reported
    }
  }

  /** {@return the value of a key, if there is one} */
  Optional<byte[]> get(String key) throws IOException {
    return call("GET", key) instanceof Blob(byte[] value) ? Optional.of(value) : Optional.empty();
  }

  /** Gives a key a value. */
  void set(String key, byte[] value) throws IOException {
    Resp ignored = call("SET", key, value);
  }

  /** {@return the value of a key, one more than before} */
  long increment(String key) throws IOException {
    return whole(call("INCR", key));
  }

  /** {@return the length of a list after something was put to its end} */
  long append(String key, byte[] value) throws IOException {
    return whole(call("RPUSH", key, value));
  }

  /**
   * Takes the first of a list, waiting while it is empty, on a connection of its own: the server
   * does nothing else on it meanwhile. If the task is cancelled, that connection is closed, and
   * what comes later stays in the list. What the server had sent by then is lost, as always with
   * BLPOP.
   *
   * @param limit how long the server waits; zero for as long as it takes
   * @return what was first, if anything has come
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

  /** {@return how many have got a message} */
  long publish(String channel, byte[] message) throws IOException {
    return whole(call("PUBLISH", channel, message));
  }

  /** {@return the messages of a channel from now on} */
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

  /** Closes the connection; what was sent is still written, but not answered. Never waits. */
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
    throw new RespException("reply must be a number but was " + reply);
  }
}
