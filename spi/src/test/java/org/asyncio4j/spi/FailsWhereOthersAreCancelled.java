package org.asyncio4j.spi;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;

/** Makes tasks that store the {@code CancelledError} of their body as a failure. */
public final class FailsWhereOthersAreCancelled implements TaskFactory {

  @Override
  public <T> Task<T> createTask(EventLoop loop, Callable<? extends T> body, TaskOptions options) {
    return new FailedTask<>((BaseEventLoop) loop, body, options);
  }

  private static final class FailedTask<T> extends BuiltinTask<T> {

    FailedTask(BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
      super(loop, body, options);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public Optional<Throwable> exception() {
      return super.isCancelled() ? Optional.of(new CancelledError("stored")) : super.exception();
    }
  }
}
