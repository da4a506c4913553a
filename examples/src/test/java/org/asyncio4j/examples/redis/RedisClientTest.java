package org.asyncio4j.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.examples.Setup;
import org.asyncio4j.examples.redis.Resp.Blob;
import org.asyncio4j.examples.redis.Resp.Refusal;
import org.asyncio4j.examples.redis.Resp.Text;
import org.asyncio4j.examples.redis.Resp.Whole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the client with a real Redis, on each loop and engine. */
@ParameterizedClass
@MethodSource("setups")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RedisClientTest {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  @TempDir private static Path directory;
  private static RedisServer server;

  @Parameter Setup setup;

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @BeforeAll
  static void start() throws Exception {
    server = RedisServer.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void valuesAreSetReadAndCounted() throws Exception {
    onEmpty(redis -> {
      assertThat(redis.get("greeting")).isEmpty();
      redis.set("greeting", "grüß gott".getBytes(UTF_8));
      assertThat(redis.get("greeting")).hasValue("grüß gott".getBytes(UTF_8));
      assertThat(redis.increment("visits")).isEqualTo(1);
      assertThat(redis.increment("visits")).isEqualTo(2);
    });
  }

  @Test
  void pipelineOfTenThousandGetsRepliesInOrder() throws Exception {
    onEmpty(redis -> {
      List<RedisCommand> commands = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        commands.add(RedisCommand.of("SET", "key" + i, "value" + i));
        commands.add(RedisCommand.of("GET", "key" + i));
      }

      List<Resp> replies = redis.pipeline(commands);

      assertThat(replies).hasSize(10_000);
      for (int i = 0; i < 5_000; i++) {
        assertThat(replies.get(2 * i)).isEqualTo(new Text("OK"));
        assertThat(replies.get(2 * i + 1)).isEqualTo(new Blob(("value" + i).getBytes(UTF_8)));
      }
    });
  }

  @Test
  void manyTasksShareAConnection() throws Exception {
    onEmpty(redis -> {
      List<Task<String>> tasks =
          IntStream.range(0, 200)
              .mapToObj(i -> Asyncio.createTask(() -> own(redis, "task" + i)))
              .toList();

      assertThat(Asyncio.gather(tasks).await())
          .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(i -> "task" + i).toList());
    });
  }

  private static String own(RedisClient redis, String name) throws IOException {
    for (int round = 0; round < 5; round++) {
      redis.set(name, name.getBytes(UTF_8));
      assertThat(redis.get(name)).hasValue(name.getBytes(UTF_8));
    }
    return new String(redis.get(name).orElseThrow(), UTF_8);
  }

  @Test
  void binaryMegabyteComesBackUnchanged() throws Exception {
    byte[] value = new byte[1024 * 1024];
    RandomGenerator.of("L64X128MixRandom").nextBytes(value);
    onEmpty(redis -> {
      redis.set("large", value);
      assertThat(redis.get("large")).hasValue(value);
    });
  }

  @Test
  void refusalAffectsOneCommandOnly() throws Exception {
    onEmpty(redis -> {
      redis.set("text", "abc".getBytes(UTF_8));

      assertThatThrownBy(() -> redis.increment("text"))
          .isInstanceOf(RedisRefusedException.class)
          .hasMessageContaining("INCR")
          .hasMessageContaining("not an integer");
      List<Resp> replies =
          redis.pipeline(
              List.of(
                  RedisCommand.of("INCR", "number"),
                  RedisCommand.of("LPUSH", "text", "x"),
                  RedisCommand.of("INCR", "number")));

      assertThat(replies.get(0)).isEqualTo(new Whole(1));
      assertThat(replies.get(1))
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.message()).startsWith("WRONGTYPE"));
      assertThat(replies.get(2)).isEqualTo(new Whole(2));
    });
  }

  @Test
  void cancelledCommandKeepsItsPlace() throws Exception {
    onEmpty(redis -> {
      redis.set("a", "of a".getBytes(UTF_8));
      redis.set("b", "of b".getBytes(UTF_8));
      Future<Resp> first = redis.send("GET", "a");
      Future<Resp> second = redis.send("GET", "b");
      first.cancel();

      assertThat(second.await()).isEqualTo(new Blob("of b".getBytes(UTF_8)));
      assertThat(redis.get("a")).hasValue("of a".getBytes(UTF_8));
    });
  }

  @Test
  void messagesOfAChannelComeInOrderBesideReplies() throws Exception {
    onEmpty(redis -> {
      try (Subscription news = redis.subscribe("news");
          Subscription same = redis.subscribe("news")) {
        for (int i = 0; i < 100; i++) {
          assertThat(redis.publish("news", ("news " + i).getBytes(UTF_8))).isEqualTo(1);
          assertThat(redis.increment("count")).isEqualTo(i + 1);
        }
        for (int i = 0; i < 100; i++) {
          assertThat(news.take()).isEqualTo(("news " + i).getBytes(UTF_8));
          assertThat(same.take()).isEqualTo(("news " + i).getBytes(UTF_8));
        }
        same.close();
        assertThat(redis.publish("news", new byte[0])).isEqualTo(1);
        assertThat(news.take()).isEmpty();
      }

      assertThat(redis.publish("news", new byte[0])).isZero();
    });
  }

  @Test
  void subscriberThatIsCancelledLosesNoMessage() throws Exception {
    onEmpty(redis -> {
      try (Subscription news = redis.subscribe("news")) {
        Task<byte[]> taker = Asyncio.createTask(news::take);
        redis.publish("other", "before".getBytes(UTF_8)); // now the taker waits
        taker.cancel();
        redis.publish("news", "kept".getBytes(UTF_8));

        assertThatThrownBy(taker::await).isInstanceOf(CancelledError.class);
        assertThat(news.take()).isEqualTo("kept".getBytes(UTF_8));
      }
    });
  }

  @Test
  void subscriberThatFallsBehindIsDroppedAndTheOthersContinue() throws Exception {
    onEmpty(redis -> {
      try (Subscription slow = redis.subscribe("flood")) {
        List<RedisCommand> flood = new ArrayList<>();
        for (int i = 0; i <= Subscription.MAX_WAITING; i++) {
          flood.add(RedisCommand.of("PUBLISH", "flood", i));
        }
        redis.pipeline(flood);

        for (int i = 0; i < Subscription.MAX_WAITING; i++) {
          assertThat(slow.take()).isEqualTo(Integer.toString(i).getBytes(UTF_8));
        }
        assertThatThrownBy(slow::take)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("flood")
            .rootCause()
            .hasMessageContaining("10000 messages");
        assertThat(redis.publish("flood", new byte[0])).isZero();
      }
    });
  }

  @Test
  void blockingCommandWaitsForAnItem() throws Exception {
    onEmpty(redis -> {
      Task<byte[]> taker =
          Asyncio.createTask(() -> redis.takeFirst("jobs", Duration.ZERO).orElseThrow());
      awaitBlocked(redis, 1);
      assertThat(redis.append("jobs", "job".getBytes(UTF_8))).isEqualTo(1);

      assertThat(taker.await()).isEqualTo("job".getBytes(UTF_8));
      assertThat(redis.takeFirst("jobs", Duration.ofMillis(10))).isEmpty();
    });
  }

  @Test
  void blockingCommandThatIsCancelledTakesNothing() throws Exception {
    onEmpty(redis -> {
      assertThatThrownBy(() ->
              Asyncio.timeout(Duration.ofMillis(100), () -> redis.takeFirst("jobs", Duration.ZERO)))
          .isInstanceOf(TimeoutException.class);
      awaitBlocked(redis, 0);

      assertThat(redis.append("jobs", "kept".getBytes(UTF_8))).isEqualTo(1);
      assertThat(redis.call("LLEN", "jobs")).isEqualTo(new Whole(1));
    });
  }

  @Test
  void closingFailsWaitingCommands() throws Exception {
    setup.run(() -> {
      RedisClient redis = server.connect();
      Subscription news = redis.subscribe("news");
      Task<byte[]> taker = Asyncio.createTask(news::take);
      Future<Resp> waiting = redis.send("BLPOP", "nothing ever comes here", 0);
      redis.close();
      redis.waitClosed();

      assertThatThrownBy(waiting::await)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot complete ");
      assertThatThrownBy(taker::await)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("subscription to 'news'");
      assertThatThrownBy(() -> redis.get("key"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot complete GET")
          .hasMessageContaining("connect again");
    });
  }

  @Test
  void unixSocketsWorkToo() throws Exception {
    byte[] value = new byte[1024 * 1024];
    RandomGenerator.of("L64X128MixRandom").nextBytes(value);
    setup.run(() -> {
      try (RedisClient near = RedisClient.connect(server.socket());
          RedisClient far = server.connect()) {
        near.set("large", value);
        assertThat(far.get("large")).hasValue(value);
        assertThat(near.get("large")).hasValue(value);
        Task<Optional<byte[]>> taker =
            Asyncio.createTask(() -> near.takeFirst("jobs", Duration.ZERO));
        awaitBlocked(near, 1);
        far.append("jobs", "job".getBytes(UTF_8));
        assertThat(taker.await()).hasValue("job".getBytes(UTF_8));
      }
    });
  }

  @Test
  void serverThatDoesNotSpeakRedisIsRefused() throws Exception {
    setup.run(() -> {
      try (var other =
          Asyncio.startServer(
              (reader, writer) -> {
                try (writer) {
                  reader.readLine();
                  writer.write("HTTP/1.1 400 Bad Request\r\n\r\n", UTF_8);
                }
              },
              "127.0.0.1",
              0)) {
        assertThatThrownBy(() -> RedisClient.connect("127.0.0.1", other.port()))
            .isInstanceOf(IOException.class)
            .rootCause()
            .isInstanceOf(RespException.class)
            .hasMessageContaining("type must be a RESP type");
      }
    });
  }

  @Test
  void programCountsAndReceivesNews() throws Exception {
    assertThat(
            setup
                .outputOf(() -> RedisDemo.main(new String[] {Integer.toString(server.port())}))
                .lines())
        .containsExactly("101 visits more", "received: good news");
  }

  /** Waits until the server reports the given number of blocked clients. */
  private static void awaitBlocked(RedisClient redis, int clients) throws Exception {
    Asyncio.timeout(
        LONG_ENOUGH,
        () -> {
          while (!(redis.call("INFO", "clients") instanceof Blob info
              && info.text().contains("blocked_clients:%d\r\n".formatted(clients)))) {
            Asyncio.sleep(Duration.ZERO);
          }
        });
  }

  private void onEmpty(Talk talk) throws Exception {
    setup.run(() -> {
      try (RedisClient redis = server.connect()) {
        redis.call("FLUSHALL");
        talk.with(redis);
        redis.close();
        redis.waitClosed();
      }
    });
  }

  private interface Talk {
    void with(RedisClient redis) throws Exception;
  }
}
