package org.asyncio4j.spi;

import org.asyncio4j.core.Future;
import org.jspecify.annotations.Nullable;

/** What a future schedules when it is done: a callback, or the task that waits. */
interface DoneEntry {

  /**
   * Puts what waits into the loop's queue; runs nothing. Returns false if it is lost: the loop is
   * closed, and something relies on being called.
   */
  boolean schedule();

  /** Whether this was registered for a callback. */
  boolean isFor(Object callback);

  /** Which task or future waits here, or {@code null} if nobody does but code wants to know. */
  @Nullable Future<?> awaiter();
}
