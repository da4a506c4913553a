package org.asyncio4j.internal.waiting;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.bootstrap.RunningLoop;

/** Rejects an operation that has to wait if the caller cannot wait. */
public final class TaskCheck {

  private TaskCheck() {}

  /**
   * Rejects a caller that is not a task.
   *
   * @param loop the loop of the task
   * @param operation the method that the program called, for the message
   * @throws IllegalStateException if the caller is not a task of the loop
   */
  public static void requireTask(EventLoop loop, String operation) {
    EventLoop running = LoopBootstraps.get().runningLoop();
    if (running == null) {
      throw RunningLoop.missing();
    }
    if (running != loop || running.currentTask().isEmpty()) {
      throw new IllegalStateException(
          "cannot wait in %s of %s: it was called %s; call it in a task of that loop"
              .formatted(operation, loop, place(running)));
    }
  }

  private static String place(EventLoop running) {
    return (running.currentTask().isEmpty() ? "in a callback of " : "in a task of ") + running;
  }
}
