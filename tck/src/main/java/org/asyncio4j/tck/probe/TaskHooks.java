package org.asyncio4j.tck.probe;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.TaskLifetime;
import org.jspecify.annotations.Nullable;

/**
 * How the kit informs a loop about the life of a task. A provider whose loops do not extend {@code
 * BaseEventLoop} must implement this interface; for all other providers {@link TaskLifetime} does.
 */
public interface TaskHooks {

  /**
   * Makes a task visible.
   *
   * @param task the task
   */
  default void registerTask(Task<?> task) {
    TaskLifetime.registerTask(task);
  }

  /**
   * Makes a task invisible.
   *
   * @param task the task
   */
  default void unregisterTask(Task<?> task) {
    TaskLifetime.unregisterTask(task);
  }

  /**
   * Makes a task the current one.
   *
   * @param loop the loop
   * @param task the task
   */
  default void enterTask(EventLoop loop, Task<?> task) {
    TaskLifetime.enterTask(loop, task);
  }

  /**
   * Ends the effect of {@link #enterTask}.
   *
   * @param loop the loop
   * @param task the task
   */
  default void leaveTask(EventLoop loop, Task<?> task) {
    TaskLifetime.leaveTask(loop, task);
  }

  /**
   * Makes another task the current one.
   *
   * @param loop the loop
   * @param task the task, or {@code null} for none
   * @return the previous task, or {@code null} if there was none
   */
  default @Nullable Task<?> swapCurrentTask(EventLoop loop, @Nullable Task<?> task) {
    return TaskLifetime.swapCurrentTask(loop, task);
  }

  /**
   * Makes a task visible during its first step.
   *
   * @param task the task
   */
  default void registerEagerTask(Task<?> task) {
    TaskLifetime.registerEagerTask(task);
  }

  /**
   * Ends the effect of {@link #registerEagerTask}.
   *
   * @param task the task
   */
  default void unregisterEagerTask(Task<?> task) {
    TaskLifetime.unregisterEagerTask(task);
  }
}
