package org.asyncio4j.spi;

import java.util.concurrent.Callable;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * Creates the tasks of a loop, with its task factory if it has one. Confined to the loop's thread.
 */
final class TaskCreator {

  private final BaseEventLoop loop;
  private @Nullable TaskFactory factory;

  TaskCreator(BaseEventLoop loop) {
    this.loop = loop;
  }

  @Nullable TaskFactory factory() {
    return factory;
  }

  void setFactory(@Nullable TaskFactory changed) {
    factory = changed;
  }

  <T extends @Nullable Object> Task<T> create(Callable<? extends T> body, TaskOptions options) {
    TaskFactory chosen = factory;
    return chosen == null
        ? new BuiltinTask<>(loop, body, options)
        : chosen.createTask(loop, body, options);
  }
}
