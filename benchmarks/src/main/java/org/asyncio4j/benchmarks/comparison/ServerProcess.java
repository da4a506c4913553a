package org.asyncio4j.benchmarks.comparison;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A running server.
 *
 * @param process ends the server when it is closed
 * @param pid the ID of the server's process
 * @param port the port that it listens on, on the loopback interface
 */
public record ServerProcess(ChildProcess process, long pid, int port) implements AutoCloseable {

  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms256m",
          "-Xmx256m",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          // A pinned JVM would assume that its clients share its only processor.
          "-XX:ActiveProcessorCount=2");

  /**
   * Starts a JVM and waits until it {@linkplain #announce announces} its port.
   *
   * @param main the program
   * @param flags the flags of this JVM, after the flags of all JVMs
   * @param arguments the arguments of the program
   */
  static ServerProcess startJvm(
      Class<?> main, List<String> flags, List<String> arguments, OptionalInt processor)
      throws IOException {
    List<String> allFlags = Stream.concat(FLAGS.stream(), flags.stream()).toList();
    ChildProcess process = ChildProcess.startJvm(main, allFlags, arguments, processor);
    return new ServerProcess(process, process.pid(), Integer.parseInt(process.expect("port")));
  }

  /** Prints the port that the calling server now listens on. */
  public static void announce(int port) {
    System.out.println("port " + port);
  }

  @Override
  public void close() {
    process.close();
  }
}
