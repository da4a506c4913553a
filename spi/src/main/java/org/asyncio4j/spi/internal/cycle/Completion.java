package org.asyncio4j.spi.internal.cycle;

import org.asyncio4j.core.Future;
import org.asyncio4j.internal.describe.Described;

/**
 * Completes a future, unless it was cancelled in the meantime.
 *
 * @param future the future
 * @param action completes it
 */
public record Completion(Future<?> future, Runnable action) implements Runnable {

  @Override
  public void run() {
    if (!future.isDone()) {
      action.run();
    }
  }

  @Override
  public String toString() {
    return "completion of " + Described.object(future);
  }
}
