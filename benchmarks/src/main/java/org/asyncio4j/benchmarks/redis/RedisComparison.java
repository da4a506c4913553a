package org.asyncio4j.benchmarks.redis;

import java.io.IOException;
import java.util.List;
import org.asyncio4j.benchmarks.comparison.Cell;
import org.asyncio4j.benchmarks.comparison.Comparison;
import org.asyncio4j.benchmarks.comparison.Contest;
import org.asyncio4j.benchmarks.comparison.Contestant;

/** Compares servers that speak the protocol of Redis; the size in a cell is the pipeline depth. */
public final class RedisComparison {

  private static final List<String> CARRIER = List.of("-Dasyncio4j.coroutines=carrier");
  private static final List<String> HANDOFF = List.of("-Dasyncio4j.coroutines=handoff");
  private static final List<String> ONE_CARRIER =
      List.of("-Djdk.virtualThreadScheduler.parallelism=1");

  private static final List<Contestant> CONTESTANTS =
      List.of(
          java("asyncio4j-protocol", CARRIER, "protocol", "epoll"),
          java("asyncio4j-protocol-again", CARRIER, "protocol", "epoll"),
          java("asyncio4j-protocol-nio", CARRIER, "protocol", "nio"),
          java("asyncio4j-streams", CARRIER, "streams", "epoll"),
          java("asyncio4j-streams-nio", CARRIER, "streams", "nio"),
          java("asyncio4j-streams-handoff", HANDOFF, "streams", "epoll"),
          java("asyncio4j-streams-lines", CARRIER, "streams-lines", "epoll"),
          java("asyncio4j-streams-lines-unjoined", CARRIER, "streams-lines-unjoined", "epoll"),
          java("asyncio4j-streams-lines-handoff", HANDOFF, "streams-lines", "epoll"),
          java("virtual-threads", List.of(), "threads"),
          java("virtual-threads-again", List.of(), "threads"),
          java("virtual-threads-one-carrier", ONE_CARRIER, "threads"),
          java("virtual-threads-lines", List.of(), "threads-lines"),
          new Contestant("redis", RealRedis::start));

  private RedisComparison() {}

  /** The program. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Contest contest =
        new Contest(
            CONTESTANTS,
            List.of(
                "asyncio4j-protocol",
                "asyncio4j-streams",
                "asyncio4j-streams-lines",
                "asyncio4j-streams-lines-unjoined",
                "virtual-threads",
                "virtual-threads-again",
                "virtual-threads-lines",
                "redis"),
            "virtual-threads",
            RedisLoad.class,
            List.of(new Cell(50, 1), new Cell(50, 16)),
            RedisCheck::check);
    Comparison.run(contest, arguments);
  }

  private static Contestant java(String name, List<String> flags, String... arguments) {
    return Contestant.jvm(name, RedisServer.class, flags, arguments);
  }
}
