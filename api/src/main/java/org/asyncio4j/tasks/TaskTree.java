package org.asyncio4j.tasks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.describe.Described;

/**
 * All tasks of a loop as trees, each below the frames of the task that waits for it, as {@code
 * python -m asyncio pstree} prints them.
 */
final class TaskTree {

  private final IdentityHashMap<Task<?>, List<Task<?>>> awaited = new IdentityHashMap<>();
  private final Set<Task<?>> roots = identitySet();
  private final Set<Task<?>> shown = identitySet();
  private final Set<Task<?>> way = identitySet();
  private final List<String> lines = new ArrayList<>();

  private TaskTree() {}

  /**
   * Formats the tasks of a loop. Callable only on its thread, or while it is not running.
   *
   * @param loop the loop
   * @return the lines, without a line terminator after the last; empty if there are no tasks
   */
  static String of(EventLoop loop) {
    Collection<Task<?>> tasks = loop.allTasks();
    TaskTree tree = new TaskTree();
    tasks.forEach(tree::connect);
    tasks.stream().filter(tree.roots::contains).forEach(task -> tree.add(task, "", true));
    // The remaining tasks wait for each other in cycles; each cycle is entered at its oldest task.
    for (Task<?> task : tasks) {
      if (!tree.shown.contains(task)) {
        tree.add(task, "", true);
      }
    }
    return String.join("\n", tree.lines);
  }

  private void connect(Task<?> task) {
    Set<Task<?>> awaiters = identitySet();
    findAwaiters(task, awaiters, identitySet());
    if (awaiters.isEmpty()) {
      roots.add(task);
    }
    awaiters.forEach(awaiter -> awaited.computeIfAbsent(awaiter, _ -> new ArrayList<>()).add(task));
  }

  /** Futures composed of others may lie between two tasks; the tree shows only tasks. */
  private static void findAwaiters(
      Future<?> future, Set<Task<?>> found, Set<Future<?>> futuresOnTheWay) {
    for (Future<?> awaiter : future.awaitedBy()) {
      if (awaiter instanceof Task<?> task) {
        found.add(task);
      } else if (futuresOnTheWay.add(awaiter)) {
        findAwaiters(awaiter, found, futuresOnTheWay);
      }
    }
  }

  private void add(Task<?> task, String indent, boolean last) {
    boolean cycle = !way.add(task);
    lines.add(
        indent + branch(last) + "(T) " + Described.name(task.name()) + (cycle ? " (cycle)" : ""));
    if (cycle) {
      return;
    }
    shown.add(task);
    String below = indent + continuation(last);
    List<StackTraceElement> stack = Frames.all().of(task);
    for (StackTraceElement frame : stack.reversed()) {
      lines.add(below + branch(true) + Frames.text(frame));
      below += continuation(true);
    }
    List<Task<?>> children = awaited.getOrDefault(task, List.of());
    for (int i = 0; i < children.size(); i++) {
      add(children.get(i), below, i == children.size() - 1);
    }
    way.remove(task);
  }

  private static String branch(boolean last) {
    return last ? "└── " : "├── ";
  }

  private static String continuation(boolean last) {
    return last ? "    " : "│   ";
  }

  private static <E> Set<E> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
