package org.asyncio4j.spi;

import java.util.function.Consumer;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.describe.Described;
import org.asyncio4j.spi.internal.cycle.ReadyEntry;
import org.jspecify.annotations.Nullable;

/** A registered done-callback of a built-in future. */
final class DoneCallback<T extends @Nullable Object> extends ReadyEntry implements DoneEntry {

  private final FutureState<T> future;
  private final Consumer<? super Future<T>> callback;
  private final Context context;

  DoneCallback(FutureState<T> future, Consumer<? super Future<T>> callback, Context context) {
    this.future = future;
    this.callback = callback;
    this.context = context;
  }

  @Override
  public boolean schedule() {
    return future.core().scheduleCompletion(this) || isForTheDone();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // avoids calling a user's equals in most cases
  public boolean isFor(Object other) {
    return callback == other || callback.equals(other);
  }

  @Override
  public @Nullable Future<?> awaiter() {
    return (Object) callback instanceof AwaitingCallback<?> awaiting ? awaiting.awaiter() : null;
  }

  /**
   * Returns whether the future that the callback serves is done, for example a task that has ended.
   */
  private boolean isForTheDone() {
    Future<?> awaiter = awaiter();
    return awaiter != null && awaiter.isDone();
  }

  @Override
  public Context runContext() {
    return context;
  }

  @Override
  public void run() {
    callback.accept(future);
  }

  @Override
  public String toString() {
    return "<Handle %s as done-callback of %s>"
        .formatted(Described.callback(callback), Described.object(future));
  }
}
