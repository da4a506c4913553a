package org.asyncio4j.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.EventLoopInfo;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;

/**
 * Demonstrates all event loops: lists them, runs a client and a server on each, and checks each
 * with the conformance kit. Exits with a non-zero status if anything fails. The arguments are
 * options of the kit.
 */
final class Demo {

  private static final String KIT = "org.asyncio4j.tck.Main";
  private static final String ENGINE = "asyncio4j.coroutines";
  private static final List<String> ENGINES = List.of("carrier", "handoff");
  private static final int CLIENTS = 100;

  static void main(String[] args) throws Exception {
    List<EventLoopInfo> loops = Asyncio.eventLoops();
    tellOf(loops);
    for (EventLoopInfo loop : loops) {
      if (loop.isAvailable()) {
        for (String engine : ENGINES) {
          System.setProperty(ENGINE, engine);
          talk(loop.name(), engine);
        }
      }
    }
    System.clearProperty(ENGINE);
    IO.println();
    IO.println("Now the conformance kit checks each loop (the rules are in spi/SPEC.md):");
    IO.println();
    startKit(args);
  }

  private static void tellOf(List<EventLoopInfo> loops) {
    IO.println("Event loops found:");
    for (EventLoopInfo loop : loops) {
      IO.println(
          "  %-8s priority %3d  %s"
              .formatted(
                  loop.name(),
                  loop.priority(),
                  loop.unavailability()
                      .map(reason -> "not available: " + reason)
                      .orElse("available")));
    }
    if (loops.stream().noneMatch(EventLoopInfo::isAvailable)) {
      throw new IllegalStateException("cannot run the demo: no event loop is available");
    }
    IO.println();
    IO.println("A TCP echo server and %d clients, all in one thread:".formatted(CLIENTS));
  }

  private static void talk(String loop, String engine) throws IOException {
    long start = System.nanoTime();
    int answers = Asyncio.run(Demo::serveAndAsk, RunnerOptions.defaults().withLoop(loop));
    if (answers != CLIENTS) {
      throw new IllegalStateException(
          "each of %d clients must receive its echo: %d did".formatted(CLIENTS, answers));
    }
    IO.println(
        "  %-8s tasks by %-8s %d answers in %d ms"
            .formatted(
                loop, engine, answers, Duration.ofNanos(System.nanoTime() - start).toMillis()));
  }

  private static int serveAndAsk() throws IOException {
    try (Server server = Asyncio.runningLoop().createServer(EchoServer::new, "127.0.0.1", 0)) {
      int port = server.port();
      List<Task<Boolean>> clients =
          IntStream.range(0, CLIENTS)
              .mapToObj(number -> Asyncio.createTask(() -> ask(port, "client " + number)))
              .toList();
      int answers = 0;
      for (Task<Boolean> client : clients) {
        answers += client.awaitThrowing(IOException.class) ? 1 : 0;
      }
      return answers;
    }
  }

  private static boolean ask(int port, String message) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    Promise<String> answer = loop.createFuture();
    byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
    loop.createConnection(() -> new EchoClient(bytes, answer), "127.0.0.1", port);
    return answer.awaitThrowing(IOException.class).equals(message);
  }

  /** Starts the kit. Applications do not require it; the build adds it to the path. */
  private static void startKit(String[] options) throws ReflectiveOperationException {
    kit().getMethod("main", String[].class).invoke(null, (Object) options);
  }

  private static Class<?> kit() throws ClassNotFoundException {
    Optional<Module> module = ModuleLayer.boot().findModule("org.asyncio4j.tck");
    return module.isPresent() ? Class.forName(module.get(), KIT) : Class.forName(KIT);
  }
}
