package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.util.List;
import org.asyncio4j.benchmarks.comparison.Cell;
import org.asyncio4j.benchmarks.comparison.Comparison;
import org.asyncio4j.benchmarks.comparison.Contest;
import org.asyncio4j.benchmarks.comparison.Contestant;

/** Compares echo servers; the size in a cell is the number of bytes of a message. */
public final class EchoComparison {

  private static final List<Contestant> CONTESTANTS =
      List.of(
          asyncio("asyncio4j-epoll", "carrier", 0, "epoll"),
          asyncio("asyncio4j-nio", "carrier", 0, "nio"),
          asyncio("asyncio4j-epoll-spin", "carrier", 50, "epoll"),
          asyncio("asyncio4j-nio-spin", "carrier", 50, "nio"),
          asyncio("asyncio4j-epoll-handoff", "handoff", 0, "epoll"),
          asyncio("asyncio4j-nio-handoff", "handoff", 0, "nio"),
          Contestant.jvm("netty-epoll", EchoServer.class, List.of(), "netty", "epoll"),
          Contestant.jvm("netty-epoll-again", EchoServer.class, List.of(), "netty", "epoll"),
          Contestant.jvm("netty-nio", EchoServer.class, List.of(), "netty", "nio"),
          Contestant.jvm("java-selector", EchoServer.class, List.of(), "selector"));

  private EchoComparison() {}

  /** The program. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Contest contest =
        new Contest(
            CONTESTANTS,
            List.of(
                "asyncio4j-epoll",
                "asyncio4j-nio",
                "netty-epoll",
                "netty-epoll-again",
                "java-selector"),
            "netty-epoll",
            EchoLoad.class,
            List.of(
                new Cell(100, 1024), new Cell(3, 1024), new Cell(1, 1024), new Cell(100, 102_400)),
            EchoCheck::check);
    Comparison.run(contest, arguments);
  }

  private static Contestant asyncio(String name, String engine, int spinMicros, String provider) {
    List<String> flags =
        List.of("-Dasyncio4j.coroutines=" + engine, "-Dasyncio4j.spin=" + spinMicros);
    return Contestant.jvm(name, EchoServer.class, flags, "asyncio", provider);
  }
}
