package org.asyncio4j.internal.graph;

import java.util.List;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;

/**
 * Internal; not for use outside asyncio4j. Which frames of a stack a graph shows.
 *
 * @param limit how many: the innermost ones if positive, the outermost ones if negative
 */
public record Frames(int limit) {

  private static final String HERE = Frames.class.getPackageName() + ".";
  private static final String FRONT_DOOR = "org.asyncio4j.GraphFunctions";

  /** {@return all frames} */
  public static Frames all() {
    return new Frames(Integer.MAX_VALUE);
  }

  /**
   * Returns where a task is that is not done.
   *
   * @param future a task or any other future
   * @return the frames, innermost first
   */
  public List<StackTraceElement> of(Future<?> future) {
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

  /** The task that asks is at the call that asks, not within it. */
  private static List<StackTraceElement> withoutOurOwn(List<StackTraceElement> stack) {
    int own = stack.size() - 1;
    while (own >= 0 && !isOurs(stack.get(own).getClassName())) {
      own--;
    }
    return stack.subList(own + 1, stack.size());
  }

  private static boolean isOurs(String className) {
    return className.startsWith(HERE) || className.equals(FRONT_DOOR);
  }

  private List<StackTraceElement> limited(List<StackTraceElement> stack) {
    int size = stack.size();
    return limit > 0
        ? stack.subList(0, Math.min(limit, size))
        : stack.subList((int) Math.max(0, size + (long) limit), size);
  }
}
