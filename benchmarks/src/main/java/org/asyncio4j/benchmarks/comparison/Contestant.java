package org.asyncio4j.benchmarks.comparison;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * A server that takes part.
 *
 * @param name identifies it in options and results
 * @param starter starts it
 */
public record Contestant(String name, Starter starter) {

  /** Starts a server. */
  @FunctionalInterface
  public interface Starter {

    /**
     * Starts the server and waits until it listens.
     *
     * @param processor the only processor that it may use
     * @throws IOException if it cannot be started here; the message names the reason
     */
    ServerProcess start(OptionalInt processor) throws IOException;
  }

  /**
   * A server in a JVM of its own.
   *
   * @param main the program
   * @param flags the flags of this JVM, after the flags of all JVMs
   * @param arguments the arguments of the program
   */
  public static Contestant jvm(
      String name, Class<?> main, List<String> flags, String... arguments) {
    return new Contestant(
        name, processor -> ServerProcess.startJvm(main, flags, List.of(arguments), processor));
  }

  @Override
  public String toString() {
    return name;
  }
}
