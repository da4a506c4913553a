package org.asyncio4j;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.jspecify.annotations.Nullable;

/** Starts every task eagerly. */
record EagerTaskFactory(TaskFactory maker) implements TaskFactory {

  EagerTaskFactory {
    requireNonNull(maker, "maker");
  }

  /** Makes the loop's own tasks start eagerly. */
  static TaskFactory ofBuiltinTasks() {
    return new EagerTaskFactory(new BuiltinTasks());
  }

  @Override
  public <T extends @Nullable Object> Task<T> createTask(
      EventLoop loop, Callable<? extends T> body, TaskOptions options) {
    return maker.createTask(loop, body, options.withEagerStart(true));
  }

  private record BuiltinTasks() implements TaskFactory {

    @Override
    public <T extends @Nullable Object> Task<T> createTask(
        EventLoop loop, Callable<? extends T> body, TaskOptions options) {
      return LoopBootstraps.get().newTask(loop, body, options);
    }
  }
}
