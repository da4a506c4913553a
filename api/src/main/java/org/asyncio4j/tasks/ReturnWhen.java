package org.asyncio4j.tasks;

/** When {@code Asyncio.waitUntil} has waited enough: the constants of asyncio. */
public enum ReturnWhen {
  /** When one of the futures is done, or was cancelled. */
  FIRST_COMPLETED,

  /** When one of the futures has failed; if none does, when all are done. */
  FIRST_EXCEPTION,

  /** When all futures are done. */
  ALL_COMPLETED
}
