package org.asyncio4j.tasks;

/** The conditions on which {@code Asyncio.waitUntil} returns: the constants of asyncio. */
public enum ReturnWhen {
  /** Return when one of the futures is done or was cancelled. */
  FIRST_COMPLETED,

  /** Return when one of the futures has failed, or when all are done. */
  FIRST_EXCEPTION,

  /** Return when all futures are done. */
  ALL_COMPLETED
}
