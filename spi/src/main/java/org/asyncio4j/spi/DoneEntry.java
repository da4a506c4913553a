package org.asyncio4j.spi;

/** What a future schedules when it is done: a callback, or the task that waits. */
interface DoneEntry {

  /** Puts what waits into the loop's queue; runs nothing. */
  void schedule();

  /** Whether this was registered for a callback. */
  boolean isFor(Object callback);
}
