package org.asyncio4j.spi;

import org.asyncio4j.core.Future;
import org.jspecify.annotations.Nullable;

/** An entry that a future schedules when it is done: a callback or a waiting task. */
interface DoneEntry {

  /**
   * Adds the entry to the loop's queue without running it. Returns false if the entry is lost
   * because the loop is closed although something relies on being called.
   */
  boolean schedule();

  /** Returns whether this was registered for a callback. */
  boolean isFor(Object callback);

  /** Returns the task or future that waits, or {@code null} for a callback. */
  @Nullable Future<?> awaiter();
}
