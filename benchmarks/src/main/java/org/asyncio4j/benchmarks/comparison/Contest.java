package org.asyncio4j.benchmarks.comparison;

import java.io.IOException;
import java.util.List;

/**
 * A benchmark: its servers and its load.
 *
 * @param contestants all servers, in the order of the tables
 * @param defaults the names of those that take part unless the options name others
 * @param baseline the name of the server that the others are compared with
 * @param load a program that calls {@link LoadGenerator#run}
 * @param cells the cells to measure unless the options name others
 * @param check checks a server before it is measured
 */
public record Contest(
    List<Contestant> contestants,
    List<String> defaults,
    String baseline,
    Class<?> load,
    List<Cell> cells,
    Check check) {

  /** Checks that a server works correctly. */
  @FunctionalInterface
  public interface Check {

    /**
     * Checks the server that listens on a port.
     *
     * @throws IOException if a reply is wrong; the message names it
     */
    void check(int port) throws IOException;
  }

  List<Contestant> named(List<String> names) {
    for (String name : names) {
      if (contestants.stream().noneMatch(contestant -> contestant.name().equals(name))) {
        throw new IllegalArgumentException(
            "contestant must be one of %s: %s".formatted(contestants, name));
      }
    }
    return contestants.stream().filter(contestant -> names.contains(contestant.name())).toList();
  }
}
