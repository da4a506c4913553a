package org.asyncio4j.spi;

import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a built-in task that awaits a third-party future.
 *
 * @param awaiter the task
 * @param awaited the future
 * @param <U> the type of its value
 */
record ForeignWait<U extends @Nullable Object>(BuiltinTask<?> awaiter, Future<U> awaited)
    implements AwaitingCallback<U> {

  @Override
  public void accept(Future<U> done) {
    awaiter.foreignDone(awaited);
  }

  @Override
  public String toString() {
    return "wake-up of " + Described.object(awaiter);
  }
}
