package org.asyncio4j;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.describe.Described;
import org.asyncio4j.internal.graph.CallGraphCapture;
import org.asyncio4j.internal.graph.CallGraphText;
import org.asyncio4j.internal.graph.Frames;
import org.asyncio4j.internal.graph.TaskTree;
import org.asyncio4j.tasks.CallGraph;

/** Who waits for whom (asyncio, "Call Graph Introspection"); called through {@link Asyncio}. */
abstract sealed class GraphFunctions extends StreamFunctions permits LimitFunctions {

  GraphFunctions() {}

  /**
   * Returns who waits for a task or future, and who for them, up to those that nobody waits for,
   * with the stack of each task ({@code capture_call_graph}). Where tasks wait for each other in a
   * circle, the graph ends at the one that it meets for the second time.
   *
   * <p>Only on the thread of the future's loop, or while that loop does not run. From another
   * thread: {@code Asyncio.runCoroutineThreadsafe(() -> Asyncio.captureCallGraph(future), loop)}.
   *
   * @param future a task or any other future
   * @return the graph; only the future itself if it is done
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
   */
  public static CallGraph captureCallGraph(Future<?> future) {
    return CallGraphCapture.of(requireNonNull(future, "future"), Frames.all());
  }

  /**
   * Returns who waits for a task or future, as {@link #captureCallGraph(Future)} does, with a part
   * of each stack.
   *
   * @param future a task or any other future
   * @param limit how many frames of each stack: the innermost ones if positive, the outermost ones
   *     if negative, none if zero
   * @return the graph
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
   */
  public static CallGraph captureCallGraph(Future<?> future, int limit) {
    return CallGraphCapture.of(requireNonNull(future, "future"), new Frames(limit));
  }

  /**
   * Returns where the current task is, and who waits for it, as {@link #captureCallGraph(Future)}
   * does. Its stack begins at this call.
   *
   * @return the graph; nothing in a callback
   * @throws IllegalStateException if no loop runs here
   */
  public static Optional<CallGraph> captureCallGraph() {
    return loopOf("captureCallGraph").currentTask().map(GraphFunctions::captureCallGraph);
  }

  /**
   * Formats who waits for a task or future ({@code format_call_graph}), one line for each future
   * and each frame.
   *
   * @param future a task or any other future
   * @return the lines, without a line end after the last
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
   */
  public static String formatCallGraph(Future<?> future) {
    return CallGraphText.of(captureCallGraph(future));
  }

  /**
   * Formats who waits for a task or future, with a part of each stack.
   *
   * @param future a task or any other future
   * @param limit how many frames of each stack, as for {@link #captureCallGraph(Future, int)}
   * @return the lines, without a line end after the last
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
   */
  public static String formatCallGraph(Future<?> future, int limit) {
    return CallGraphText.of(captureCallGraph(future, limit));
  }

  /**
   * Formats where the current task is, and who waits for it.
   *
   * @return the lines, without a line end after the last; empty in a callback
   * @throws IllegalStateException if no loop runs here
   */
  public static String formatCallGraph() {
    return loopOf("formatCallGraph")
        .currentTask()
        .map(GraphFunctions::captureCallGraph)
        .map(CallGraphText::of)
        .orElse("");
  }

  /**
   * Prints who waits for a task or future ({@code print_call_graph}), and a line end.
   *
   * @param future a task or any other future
   * @param stream where to, for instance {@code System.out}
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
   */
  public static void printCallGraph(Future<?> future, PrintStream stream) {
    requireNonNull(stream, "stream").println(formatCallGraph(future));
  }

  /**
   * Prints where the current task is, and who waits for it; in a callback an empty line.
   *
   * @param stream where to, for instance {@code System.out}
   * @throws IllegalStateException if no loop runs here
   */
  public static void printCallGraph(PrintStream stream) {
    requireNonNull(stream, "stream").println(formatCallGraph());
  }

  /**
   * Formats all tasks of a loop as trees ({@code python -m asyncio pstree}): below each task the
   * frames of its stack, outermost first, and below those the tasks that it waits for. Tasks that
   * wait for each other in a circle end with {@code (cycle)}.
   *
   * <p>Only on the loop's thread, or while it does not run. From another thread: {@code
   * Asyncio.runCoroutineThreadsafe(() -> Asyncio.formatTaskTree(loop), loop)}; the task that asks
   * is then one of those shown.
   *
   * @param loop the loop
   * @return the lines, without a line end after the last; empty if there are no tasks
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
   */
  public static String formatTaskTree(EventLoop loop) {
    return TaskTree.of(requireNonNull(loop, "loop"));
  }

  private static EventLoop loopOf(String function) {
    EventLoop loop = LoopBootstraps.get().runningLoop();
    if (loop == null) {
      throw new IllegalStateException(
          "%s without a future must be called where a loop runs but %s belongs to none; pass a future"
              .formatted(function, Described.currentThread()));
    }
    return loop;
  }
}
