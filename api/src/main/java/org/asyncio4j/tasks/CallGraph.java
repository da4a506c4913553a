package org.asyncio4j.tasks;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.asyncio4j.core.Future;

/**
 * A task or future, where it is, and who waits for it, and so on upwards: asyncio's {@code
 * FutureCallGraph}. A snapshot from {@code Asyncio.captureCallGraph}; it may be read from any
 * thread.
 *
 * @param future the task or future
 * @param stack where a task that is not done is, innermost frame first; empty for other futures
 * @param awaitedBy who waits for it, in the order in which they began to wait; empty if {@code
 *     cycle}
 * @param cycle whether this is the same future as one that it was reached from, so that they wait
 *     for each other for ever
 */
public record CallGraph(
    Future<?> future, List<StackTraceElement> stack, List<CallGraph> awaitedBy, boolean cycle) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a cycle is said to go on
   */
  public CallGraph {
    requireNonNull(future, "future");
    stack = List.copyOf(stack);
    awaitedBy = List.copyOf(awaitedBy);
    if (cycle && !awaitedBy.isEmpty()) {
      throw new IllegalArgumentException(
          "awaitedBy must be empty where a cycle ends but was %s; follow the future only once"
              .formatted(awaitedBy));
    }
  }
}
