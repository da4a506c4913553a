package org.asyncio4j.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.tasks.TaskGroup;

/** Increments a counter from a hundred tasks over one connection, and receives its own message. */
final class RedisDemo {

  private static final int TASKS = 100;

  private RedisDemo() {}

  static void main(String[] args) throws IOException {
    int port = args.length == 0 ? 6379 : Integer.parseInt(args[0]);
    Asyncio.run(() -> {
      try (RedisClient redis = RedisClient.connect("127.0.0.1", port)) {
        long before = redis.increment("asyncio4j:visits");
        TaskGroup.run(group -> {
          for (int i = 0; i < TASKS; i++) {
            group.createTask(() -> redis.increment("asyncio4j:visits"));
          }
        });
        IO.println("%d visits more".formatted(redis.increment("asyncio4j:visits") - before));
        try (Subscription news = redis.subscribe("asyncio4j:news")) {
          redis.publish("asyncio4j:news", "good news".getBytes(UTF_8));
          IO.println("received: " + new String(news.take(), UTF_8));
        }
      }
    });
  }
}
