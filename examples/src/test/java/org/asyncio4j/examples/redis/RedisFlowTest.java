package org.asyncio4j.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.examples.Setup;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the client with servers that behave unlike Redis, on each loop and engine. */
@ParameterizedClass
@MethodSource("setups")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RedisFlowTest {

  private static final int MEGABYTE = 1024 * 1024;
  private static final int MORE_THAN_BUFFERS = 64;
  private static final int TICKS_WITHOUT_PROGRESS = 1000;

  @Parameter Setup setup;

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @Test
  void serverThatDoesNotReadDelaysTasks() throws Exception {
    byte[] value = new byte[MEGABYTE];
    setup.run(() -> {
      Promise<Boolean> mayRead = Asyncio.runningLoop().createFuture();
      List<Connection<RedisConnection>> made = new ArrayList<>();
      long[] most = {0};
      try (Server server =
              Asyncio.startServer(
                  (reader, writer) ->
                      answerAll(
                          reader,
                          writer,
                          () -> {
                            Transport client = made.getFirst().transport();
                            most[0] = Math.max(most[0], client.writeBufferSize());
                            mayRead.await();
                          }),
                  "127.0.0.1",
                  0);
          RedisClient redis = RedisClient.connect(protocol -> connect(made, protocol, server))) {
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_BUFFERS; i++) {
          tasks.add(
              Asyncio.createTask(() -> {
                redis.set("key", value);
                return true;
              }));
        }
        awaitFullBuffers(made.getFirst().transport());
        Future<Resp> queued = redis.send("PING");
        mayRead.setResult(true);

        assertThat(Asyncio.gather(tasks).await()).hasSize(MORE_THAN_BUFFERS);
        assertThat(queued.await()).isEqualTo(new Resp.Text("OK"));
        assertThat(most[0]).as("most that waited in memory").isBetween(1L, 2L * MEGABYTE);
      }
    });
  }

  @Test
  void delayedTasksFailAtTheEnd() throws Exception {
    byte[] value = new byte[MEGABYTE];
    setup.run(() ->
        withServerThatReadsNothing((redis, transport, mayEnd) -> {
          List<Task<Resp>> tasks =
              IntStream.range(0, MORE_THAN_BUFFERS)
                  .mapToObj(i -> Asyncio.createTask(() -> redis.call("SET", "key", value)))
                  .toList();
          awaitFullBuffers(transport);
          mayEnd.setResult(true);

          for (Task<Resp> task : tasks) {
            assertThatThrownBy(task::await)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("connect again");
          }
        }));
  }

  @Test
  void pipelineThatIsCancelledLeavesNothingToReport() throws Exception {
    List<RedisCommand> commands =
        Collections.nCopies(MORE_THAN_BUFFERS, RedisCommand.of("SET", "key", new byte[MEGABYTE]));
    List<Throwable> reported = new ArrayList<>();
    setup.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      loop.setExceptionHandler((_, report) -> report.exception().ifPresent(reported::add));
      withServerThatReadsNothing((redis, transport, mayEnd) -> {
        Task<List<Resp>> pipeline = Asyncio.createTask(() -> redis.pipeline(commands));
        awaitFullBuffers(transport);
        pipeline.cancel();
        assertThatThrownBy(pipeline::await).isInstanceOf(CancelledError.class);
        mayEnd.setResult(true);
        redis.waitClosed();
      });
      // Failures are reported when their future is collected, and this one is.
      Throwable forgotten = new IOException("forgotten");
      loop.createFuture().setException(forgotten);
      while (!reported.contains(forgotten)) {
        System.gc();
        Asyncio.sleep(Duration.ZERO);
      }
      for (int tick = 0; tick < MORE_THAN_BUFFERS; tick++) { // one report each
        Asyncio.sleep(Duration.ZERO);
      }

      assertThat(reported).containsExactly(forgotten);
    });
  }

  @Test
  void unexpectedReplyEndsTheConnection() throws Exception {
    setup.run(() -> {
      try (Server server =
              Asyncio.startServer(
                  (reader, writer) -> {
                    try (writer) {
                      answer(reader, writer, "HELLO");
                      answer(reader, writer, "PING");
                      writer.write("+OK\r\n", UTF_8);
                      reader.readAll();
                    }
                  },
                  "127.0.0.1",
                  0);
          RedisClient redis = RedisClient.connect("127.0.0.1", server.port())) {
        assertThat(redis.call("PING")).isEqualTo(new Resp.Text("OK"));
        redis.waitClosed();

        assertThatThrownBy(() -> redis.call("PING"))
            .isInstanceOf(IOException.class)
            .rootCause()
            .isInstanceOf(RespException.class)
            .hasMessageContaining("no command waits for");
      }
    });
  }

  /** Runs a client with a server that reads nothing, and ends the connection when allowed. */
  private static void withServerThatReadsNothing(HeldUp client) throws Exception {
    Promise<Boolean> mayEnd = Asyncio.runningLoop().createFuture();
    List<Connection<RedisConnection>> made = new ArrayList<>();
    try (Server server =
            Asyncio.startServer(
                (reader, writer) -> {
                  answer(reader, writer, "HELLO");
                  mayEnd.await();
                  writer.transport().abort();
                },
                "127.0.0.1",
                0);
        RedisClient redis = RedisClient.connect(protocol -> connect(made, protocol, server))) {
      client.with(redis, made.getFirst().transport(), mayEnd);
    }
  }

  private interface HeldUp {
    void with(RedisClient redis, Transport transport, Promise<Boolean> mayEnd) throws Exception;
  }

  private static Connection<RedisConnection> connect(
      List<Connection<RedisConnection>> made, Supplier<RedisConnection> protocol, Server server)
      throws IOException {
    made.add(Asyncio.runningLoop().createConnection(protocol, "127.0.0.1", server.port()));
    return made.getFirst();
  }

  /** Waits until neither the system nor the server takes any more. */
  private static void awaitFullBuffers(Transport transport) {
    long left = 0;
    int ticks = 0;
    while (left == 0 || ticks < TICKS_WITHOUT_PROGRESS) {
      Asyncio.sleep(Duration.ZERO); // looks for room
      ticks = transport.writeBufferSize() == left ? ticks + 1 : 0;
      left = transport.writeBufferSize();
    }
  }

  /** Replies to every command; clients send RESP, too. */
  private static void answerAll(StreamReader reader, StreamWriter writer, Runnable beforeReading)
      throws IOException {
    try (writer) {
      RespParser commands = new RespParser(command -> writer.write("+OK\r\n", UTF_8));
      commands.feed(ByteBuffer.wrap(reader.read(MEGABYTE)));
      byte[] piece = reader.read(MEGABYTE);
      while (piece.length > 0) {
        beforeReading.run();
        commands.feed(ByteBuffer.wrap(piece));
        writer.drain();
        piece = reader.read(MEGABYTE);
      }
    }
  }

  private static void answer(StreamReader reader, StreamWriter writer, String command)
      throws IOException {
    reader.readUntil((command + "\r\n").getBytes(UTF_8));
    if (command.equals("HELLO")) {
      reader.readUntil("3\r\n".getBytes(UTF_8));
    }
    writer.write("+OK\r\n", UTF_8);
  }
}
