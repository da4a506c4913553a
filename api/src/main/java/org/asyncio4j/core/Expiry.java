package org.asyncio4j.core;

/**
 * The end of a time limit of a block that a task runs: see {@link Task#scheduleExpiry}. All methods
 * are called on the loop's thread.
 */
public interface Expiry {

  /** The time of a limit that never expires. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Changes the time of expiry. Does nothing if the time is already up; if the body was interrupted
   * for it, the expiry takes effect first.
   *
   * @param when nanoseconds of the loop's time; {@link #NEVER} for no limit
   */
  void reschedule(long when);

  /** Ends the block. If the body was interrupted for this expiry, it takes effect first. */
  void close();
}
