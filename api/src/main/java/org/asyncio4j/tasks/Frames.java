package org.asyncio4j.tasks;

import java.util.List;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;

/**
 * The frames of a stack that a graph shows.
 *
 * @param limit the number of frames: the innermost ones if positive, the outermost ones if negative
 */
record Frames(int limit) {

  /** {@return a selection of all frames} */
  static Frames all() {
    return new Frames(Integer.MAX_VALUE);
  }

  /**
   * Returns the stack of a pending task.
   *
   * @param future a task or any other future
   * @return the frames, innermost first
   */
  List<StackTraceElement> of(Future<?> future) {
    if (limit == 0 || future.isDone() || !(future instanceof Task<?> task)) {
      return List.of();
    }
    return limited(withoutOurOwn(task.stack()));
  }

  /** {@return a frame as a line, without the name of its module} */
  static String text(StackTraceElement frame) {
    return new StackTraceElement(
            frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
        .toString();
  }

  /** The stack of the calling task begins at the call into this library, not within it. */
  private static List<StackTraceElement> withoutOurOwn(List<StackTraceElement> stack) {
    int own = stack.size() - 1;
    while (own >= 0 && !isOurs(stack.get(own).getClassName())) {
      own--;
    }
    return stack.subList(own + 1, stack.size());
  }

  private static boolean isOurs(String className) {
    return className.equals(CallGraph.class.getName());
  }

  private List<StackTraceElement> limited(List<StackTraceElement> stack) {
    int size = stack.size();
    return limit > 0
        ? stack.subList(0, Math.min(limit, size))
        : stack.subList((int) Math.max(0, size + (long) limit), size);
  }
}
