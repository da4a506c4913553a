package org.asyncio4j.internal.bootstrap;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.describe.Described;

/** Internal; not for use outside asyncio4j. The running loop, for code that needs one. */
public final class RunningLoop {

  private RunningLoop() {}

  /**
   * Returns the loop of the calling thread.
   *
   * @return the loop
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static EventLoop require() {
    EventLoop loop = LoopBootstraps.get().runningLoop();
    if (loop == null) {
      throw missing();
    }
    return loop;
  }

  /**
   * Returns the calling task.
   *
   * @param operation the method that the program called, for the message
   * @return the task
   * @throws IllegalStateException if no loop is running on the calling thread, or the caller is a
   *     callback
   */
  public static Task<?> requireTask(String operation) {
    return require()
        .currentTask()
        .orElseThrow(() ->
            new IllegalStateException(
                "cannot wait in %s: %s runs a callback, not a task; create a task for it"
                    .formatted(operation, Described.currentThread())));
  }

  /** {@return the error of a call that needs a running loop} */
  public static IllegalStateException missing() {
    return new IllegalStateException(
        "no running event loop on %s; call this from a task or callback, or pass a loop"
            .formatted(Described.currentThread()));
  }
}
