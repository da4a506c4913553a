package org.asyncio4j.tasks;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.bootstrap.RunningLoop;

/**
 * A task or future with its stack and the call graphs of its waiters: asyncio's {@code
 * FutureCallGraph}. It is a snapshot from {@link #capture(Future)} and may be read from any thread.
 *
 * <p>The static methods are those of asyncio's "Call Graph Introspection".
 *
 * @param future the task or future
 * @param stack the stack of a pending task, innermost frame first; empty for other futures
 * @param awaitedBy its waiters, in the order in which they began to wait; empty if {@code cycle}
 * @param cycle whether this future was already reached on the way here, so that the futures wait
 *     for each other forever
 */
public record CallGraph(
    Future<?> future, List<StackTraceElement> stack, List<CallGraph> awaitedBy, boolean cycle) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if {@code cycle} is set but {@code awaitedBy} is not empty
   */
  public CallGraph {
    requireNonNull(future, "future");
    stack = List.copyOf(stack);
    awaitedBy = List.copyOf(awaitedBy);
    if (cycle && !awaitedBy.isEmpty()) {
      throw new IllegalArgumentException(
          "awaitedBy must be empty where a cycle ends: %s; follow each future only once"
              .formatted(awaitedBy));
    }
  }

  /**
   * Returns the waiters of a task or future, their waiters and so on, with the stack of each task
   * ({@code capture_call_graph}). If tasks wait for each other in a cycle, the graph ends at the
   * task that it reaches for the second time.
   *
   * <p>Callable only on the thread of the future's loop, or while that loop is not running. From
   * another thread: {@code Asyncio.runCoroutineThreadsafe(() -> CallGraph.capture(future), loop)}.
   *
   * @param future a task or any other future
   * @return the graph; only the future itself if it is done
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static CallGraph capture(Future<?> future) {
    return CallGraphCapture.of(requireNonNull(future, "future"), Frames.all());
  }

  /**
   * Returns the waiters of a task or future, as {@link #capture(Future)} does, with a part of each
   * stack.
   *
   * @param future a task or any other future
   * @param limit the number of frames of each stack: the innermost ones if positive, the outermost
   *     ones if negative, none if zero
   * @return the graph
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static CallGraph capture(Future<?> future, int limit) {
    return CallGraphCapture.of(requireNonNull(future, "future"), new Frames(limit));
  }

  /**
   * Returns the stack and the waiters of the current task, as {@link #capture(Future)} does. The
   * stack begins at this call.
   *
   * @return the graph; empty in a callback
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static Optional<CallGraph> capture() {
    return RunningLoop.require().currentTask().map(CallGraph::capture);
  }

  /**
   * Formats the call graph of a task or future ({@code format_call_graph}), one line for each
   * future and each frame.
   *
   * @param future a task or any other future
   * @return the lines, without a line terminator after the last
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static String format(Future<?> future) {
    return CallGraphText.of(capture(future));
  }

  /**
   * Formats the call graph of a task or future, with a part of each stack.
   *
   * @param future a task or any other future
   * @param limit the number of frames of each stack, as for {@link #capture(Future, int)}
   * @return the lines, without a line terminator after the last
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static String format(Future<?> future, int limit) {
    return CallGraphText.of(capture(future, limit));
  }

  /**
   * Formats the call graph of the current task.
   *
   * @return the lines, without a line terminator after the last; empty in a callback
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
   * Prints the call graph of a task or future ({@code print_call_graph}), and a line terminator.
   *
   * @param future a task or any other future
   * @param stream the stream to print to, for instance {@code System.out}
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static void print(Future<?> future, PrintStream stream) {
    requireNonNull(stream, "stream").println(format(future));
  }

  /**
   * Prints the call graph of the current task; in a callback, prints an empty line.
   *
   * @param stream the stream to print to, for instance {@code System.out}
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static void print(PrintStream stream) {
    requireNonNull(stream, "stream").println(format());
  }

  /**
   * Formats all tasks of a loop as trees ({@code python -m asyncio pstree}): below each task the
   * frames of its stack, outermost first, and below those the tasks that it waits for. Tasks that
   * wait for each other in a cycle end with {@code (cycle)}.
   *
   * <p>Callable only on the loop's thread, or while the loop is not running. From another thread:
   * {@code Asyncio.runCoroutineThreadsafe(() -> CallGraph.formatTaskTree(loop), loop)}; the result
   * then includes the task of that call.
   *
   * @param loop the loop
   * @return the lines, without a line terminator after the last; empty if there are no tasks
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  public static String formatTaskTree(EventLoop loop) {
    return TaskTree.of(requireNonNull(loop, "loop"));
  }
}
