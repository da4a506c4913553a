package org.asyncio4j.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.ThrowingCallable;
import org.asyncio4j.core.ThrowingRunnable;

/**
 * A loop and an engine that an example runs on, chosen by system properties.
 *
 * @param loop the value of {@code asyncio4j.loop}
 * @param engine the value of {@code asyncio4j.coroutines}
 */
public record Setup(String loop, String engine) {

  /** {@return every loop with every engine} */
  public static Stream<Setup> all() {
    return Stream.of("nio", "epoll")
        .flatMap(loop -> Stream.of("carrier", "handoff").map(engine -> new Setup(loop, engine)));
  }

  List<String> flags() {
    return List.of("-Dasyncio4j.loop=" + loop, "-Dasyncio4j.coroutines=" + engine);
  }

  /** Runs a body in a task in this JVM and returns its result. */
  public <T> T run(ThrowingCallable<T, Exception> body) throws Exception {
    System.setProperty("asyncio4j.coroutines", engine);
    try {
      return Asyncio.run(body, RunnerOptions.defaults().withLoop(loop));
    } finally {
      System.clearProperty("asyncio4j.coroutines");
    }
  }

  /** Runs a body without a result in a task in this JVM. */
  public void run(ThrowingRunnable<Exception> body) throws Exception {
    run(() -> {
      body.run();
      return true;
    });
  }

  /** Runs a program in this JVM and returns what it printed. */
  public String outputOf(Program program) throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setProperty("asyncio4j.loop", loop);
    System.setProperty("asyncio4j.coroutines", engine);
    try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(capture);
      program.main();
    } finally {
      System.setOut(console);
      System.clearProperty("asyncio4j.loop");
      System.clearProperty("asyncio4j.coroutines");
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return loop + " on " + engine;
  }

  /** The main method of an example. */
  @FunctionalInterface
  public interface Program {
    /** Runs it. */
    void main() throws Exception;
  }
}
