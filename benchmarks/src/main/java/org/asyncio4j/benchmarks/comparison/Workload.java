package org.asyncio4j.benchmarks.comparison;

/** The clients of a benchmark. */
@FunctionalInterface
public interface Workload {

  /**
   * Creates the dialogue of a client that has just connected.
   *
   * @param cell the load
   * @param connection the index of the client, from 0
   */
  Dialogue dialogue(Cell cell, int connection);
}
