package org.asyncio4j.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A loop and an engine that an example runs on, as a user chooses them: by system properties.
 *
 * @param loop what {@code asyncio4j.loop} says
 * @param engine what {@code asyncio4j.coroutines} says
 */
record Setup(String loop, String engine) {

  static Stream<Setup> all() {
    return Stream.of("nio", "epoll")
        .flatMap(loop -> Stream.of("carrier", "handoff").map(engine -> new Setup(loop, engine)));
  }

  List<String> flags() {
    return List.of("-Dasyncio4j.loop=" + loop, "-Dasyncio4j.coroutines=" + engine);
  }

  /** Runs a program in this JVM and answers what it printed. */
  String outputOf(Program program) throws Exception {
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
  interface Program {
    void main() throws Exception;
  }
}
