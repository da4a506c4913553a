package org.asyncio4j.tasks;

import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;

/** Formats a call graph as asyncio does. */
final class CallGraphText {

  private final List<String> lines = new ArrayList<>();

  private CallGraphText() {}

  /**
   * Formats a graph.
   *
   * @param graph the graph
   * @return its lines, without a line terminator after the last
   */
  static String of(CallGraph graph) {
    CallGraphText text = new CallGraphText();
    text.add(graph, "");
    return String.join("\n", text.lines);
  }

  private void add(CallGraph graph, String indent) {
    lines.add("%s* %s%s".formatted(indent, name(graph.future()), graph.cycle() ? " (cycle)" : ""));
    if (!graph.stack().isEmpty() && !graph.cycle()) {
      lines.add(indent + "  + Call stack:");
      for (StackTraceElement frame : graph.stack()) {
        lines.add(indent + "  |   at " + Frames.text(frame));
      }
    }
    if (!graph.awaitedBy().isEmpty()) {
      lines.add(indent + "  + Awaited by:");
      for (CallGraph awaiter : graph.awaitedBy()) {
        add(awaiter, indent + "    ");
      }
    }
  }

  private static String name(Future<?> future) {
    String id = "id=0x%x".formatted(System.identityHashCode(future));
    return future instanceof Task<?> task
        ? "Task(name='%s', %s)".formatted(task.name(), id)
        : "Future(%s)".formatted(id);
  }
}
