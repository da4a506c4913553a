package org.asyncio4j.core;

/**
 * A callback that is scheduled for a time: {@code asyncio.TimerHandle}. Ordered by time, and by
 * order of scheduling among equal times; equality is identity.
 */
public interface TimerHandle extends Handle, Comparable<TimerHandle> {

  /** {@return when the callback is due, in nanoseconds of {@link Scheduler#time()}} */
  long when();
}
