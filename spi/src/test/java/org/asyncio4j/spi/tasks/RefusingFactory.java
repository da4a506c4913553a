package org.asyncio4j.spi.tasks;

import java.util.concurrent.Callable;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;

/** Makes no task. */
record RefusingFactory(RuntimeException refusal) implements TaskFactory {

  @Override
  public <T> Task<T> createTask(EventLoop loop, Callable<? extends T> body, TaskOptions options) {
    throw refusal;
  }
}
