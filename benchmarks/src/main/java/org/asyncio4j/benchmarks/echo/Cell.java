package org.asyncio4j.benchmarks.echo;

/**
 * What is asked of a server.
 *
 * @param connections how many clients there are; each waits for an answer before it asks again
 * @param bytes the size of a message
 */
record Cell(int connections, int bytes) {

  /** Checks the components. */
  Cell {
    if (connections < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "cell must have a connection and a byte at least but was " + connections + "x" + bytes);
    }
  }

  /** Reads, for instance, {@code 100x1024}. */
  static Cell parse(String text) {
    String[] parts = text.split("x", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "cell must be like 100x1024, connections and bytes, but was " + text);
    }
    return new Cell(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  @Override
  public String toString() {
    return connections + "x" + bytes;
  }
}
