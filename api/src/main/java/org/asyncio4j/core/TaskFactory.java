package org.asyncio4j.core;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tasks of a loop in place of the loop itself; see {@link EventLoop#setTaskFactory}.
 *
 * <p>It always receives all options (asyncio's 3.14 contract): a factory that does not know an
 * option must pass the record on.
 */
public interface TaskFactory {

  /**
   * Creates a task and schedules its first step.
   *
   * @param loop the loop of the task
   * @param body the code that the task runs
   * @param options the options, such as the name and the context
   * @param <T> the type of the result
   * @return the task
   */
  <T extends @Nullable Object> Task<T> createTask(
      EventLoop loop, Callable<? extends T> body, TaskOptions options);
}
