package org.asyncio4j.tasks;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.bootstrap.RunningLoop;

/**
 * A task or future, where it is, and who waits for it, and so on upwards: asyncio's {@code
 * FutureCallGraph}. A snapshot from {@link #capture(Future)}; it may be read from any thread.
 *
 * <p>The static methods are those of asyncio's "Call Graph Introspection".
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

  /**
   * Returns who waits for a task or future, and who for them, up to those that nobody waits for,
   * with the stack of each task ({@code capture_call_graph}). Where tasks wait for each other in a
   * circle, the graph ends at the one that it meets for the second time.
   *
   * <p>Only on the thread of the future's loop, or while that loop is not running. From another
   * thread: {@code Asyncio.runCoroutineThreadsafe(() -> CallGraph.capture(future), loop)}.
   *
   * @param future a task or any other future
   * @return the graph; only the future itself if it is done
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static CallGraph capture(Future<?> future) {
    return CallGraphCapture.of(requireNonNull(future, "future"), Frames.all());
  }

  /**
   * Returns who waits for a task or future, as {@link #capture(Future)} does, with a part of each
   * stack.
   *
   * @param future a task or any other future
   * @param limit how many frames of each stack: the innermost ones if positive, the outermost ones
   *     if negative, none if zero
   * @return the graph
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static CallGraph capture(Future<?> future, int limit) {
    return CallGraphCapture.of(requireNonNull(future, "future"), new Frames(limit));
  }

  /**
   * Returns where the current task is, and who waits for it, as {@link #capture(Future)} does. Its
   * stack begins at this call.
   *
   * @return the graph; nothing in a callback
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static Optional<CallGraph> capture() {
    return RunningLoop.require().currentTask().map(CallGraph::capture);
  }

  /**
   * Formats who waits for a task or future ({@code format_call_graph}), one line for each future
   * and each frame.
   *
   * @param future a task or any other future
   * @return the lines, without a line end after the last
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static String format(Future<?> future) {
    return CallGraphText.of(capture(future));
  }

  /**
   * Formats who waits for a task or future, with a part of each stack.
   *
   * @param future a task or any other future
   * @param limit how many frames of each stack, as for {@link #capture(Future, int)}
   * @return the lines, without a line end after the last
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static String format(Future<?> future, int limit) {
    return CallGraphText.of(capture(future, limit));
  }

  /**
   * Formats where the current task is, and who waits for it.
   *
   * @return the lines, without a line end after the last; empty in a callback
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static String format() {
    return RunningLoop.require()
        .currentTask()
        .map(CallGraph::capture)
        .map(CallGraphText::of)
        .orElse("");
  }

  /**
   * Prints who waits for a task or future ({@code print_call_graph}), and a line end.
   *
   * @param future a task or any other future
   * @param stream where to, for instance {@code System.out}
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static void print(Future<?> future, PrintStream stream) {
    requireNonNull(stream, "stream").println(format(future));
  }

  /**
   * Prints where the current task is, and who waits for it; in a callback an empty line.
   *
   * @param stream where to, for instance {@code System.out}
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static void print(PrintStream stream) {
    requireNonNull(stream, "stream").println(format());
  }

  /**
   * Formats all tasks of a loop as trees ({@code python -m asyncio pstree}): below each task the
   * frames of its stack, outermost first, and below those the tasks that it waits for. Tasks that
   * wait for each other in a circle end with {@code (cycle)}.
   *
   * <p>Only on the loop's thread, or while it does not run. From another thread: {@code
   * Asyncio.runCoroutineThreadsafe(() -> CallGraph.formatTaskTree(loop), loop)}; the task that asks
   * is then one of those shown.
   *
   * @param loop the loop
   * @return the lines, without a line end after the last; empty if there are no tasks
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static String formatTaskTree(EventLoop loop) {
    return TaskTree.of(requireNonNull(loop, "loop"));
  }
}
