package org.asyncio4j.spi.tasks;

import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.Future;

/** Declares that a future waits for another, and does nothing. */
record Edge<T>(Future<?> awaiter) implements AwaitingCallback<T> {

  @Override
  public void accept(Future<T> done) {}
}
