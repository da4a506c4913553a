package org.asyncio4j.benchmarks.comparison;

/**
 * The load of a measurement.
 *
 * @param connections the number of clients; each waits for the reply to a message before it sends
 *     the next
 * @param size the size of a message, in the unit of the benchmark
 */
public record Cell(int connections, int size) {

  /** Checks the components. */
  public Cell {
    if (connections < 1 || size < 1) {
      throw new IllegalArgumentException(
          "connections and size must be positive: " + connections + "x" + size);
    }
  }

  /** Parses, for instance, {@code 100x1024}. */
  static Cell parse(String text) {
    String[] parts = text.split("x", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "cell must be two numbers, connections and size, as in 100x1024: " + text);
    }
    return new Cell(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  @Override
  public String toString() {
    return connections + "x" + size;
  }
}
