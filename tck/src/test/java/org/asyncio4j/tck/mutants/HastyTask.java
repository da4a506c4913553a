package org.asyncio4j.tck.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinTask;

/** A task that tells that it is cancelled as soon as it is asked to be, while its body goes on. */
final class HastyTask<T> extends BuiltinTask<T> {

  private final List<Consumer<? super Future<T>>> callbacks = new ArrayList<>();
  private volatile boolean cancelled;

  HastyTask(BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
    super(loop, body, options);
  }

  @Override
  public void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
    callbacks.add(callback);
    super.addDoneCallback(callback, context);
  }

  @Override
  public boolean cancel(String message) {
    boolean accepted = super.cancel(message);
    if (accepted && !cancelled && !isCurrent()) {
      cancelled = true;
      callbacks.forEach(callback -> loop().callSoon(() -> callback.accept(this)));
    }
    return accepted;
  }

  @Override
  public boolean isDone() {
    return cancelled || super.isDone();
  }

  @Override
  public boolean isCancelled() {
    return cancelled || super.isCancelled();
  }

  @Override
  public T result() {
    if (cancelled) {
      throw new CancelledError(null);
    }
    return super.result();
  }

  private boolean isCurrent() {
    return loop().currentTask().filter(current -> current == this).isPresent();
  }
}
