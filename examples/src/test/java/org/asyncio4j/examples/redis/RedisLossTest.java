package org.asyncio4j.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.examples.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills a real Redis while tasks wait for it, on each loop and engine. */
@ParameterizedClass
@MethodSource("setups")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RedisLossTest {

  private static final int WAITING = 100;

  @Parameter Setup setup;

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @Test
  void lossOfTheServerFailsAllWaitingTasks(@TempDir Path directory) throws Exception {
    try (RedisServer server = RedisServer.start(directory)) {
      setup.run(() -> {
        RedisClient redis = server.connect();
        Subscription news = redis.subscribe("news");
        Task<byte[]> subscriber = Asyncio.createTask(news::take);
        Task<?> taker = Asyncio.createTask(() -> redis.takeFirst("jobs", Duration.ZERO));
        // From here on, the server sends no replies on this connection.
        List<Future<Resp>> waiting = new ArrayList<>();
        waiting.add(redis.send("BLPOP", "nothing ever comes here", 0));
        List<Task<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
          tasks.add(Asyncio.createTask(() -> redis.increment("count")));
          waiting.add(redis.send("SET", "key" + i, "value".getBytes(UTF_8)));
        }
        Asyncio.sleep(Duration.ZERO); // all tasks have sent
        assertThat(tasks).noneMatch(Future::isDone);

        server.process().kill();

        for (Task<Long> task : tasks) {
          assertThatThrownBy(task::await)
              .isInstanceOf(IOException.class)
              .hasMessageContaining("cannot complete ")
              .hasMessageContaining("is lost")
              .hasMessageContaining("connect again");
        }
        for (Future<Resp> reply : waiting) {
          assertThatThrownBy(reply::await).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(subscriber::await)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("subscription to 'news'")
            .cause()
            .hasMessageContaining("is lost");
        assertThatThrownBy(taker::await).isInstanceOf(IOException.class);
        redis.waitClosed();
        assertThatThrownBy(() -> redis.get("key")).isInstanceOf(IOException.class);
        assertThatThrownBy(server::connect).isInstanceOf(IOException.class);
      });
    }
  }
}
