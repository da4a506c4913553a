package org.asyncio4j.spi.coroutine;

/** The reason why a {@link Coroutine} returned control. */
public enum Suspension {
  /**
   * The body waits for {@link Coroutine#awaited()}; it continues with the next {@code send} or
   * {@code throwInto}.
   */
  AWAITING,

  /** The body lets other tasks run; it continues with a {@code send} in the next tick. */
  YIELDED,

  /**
   * The body is parked in a blocking call of the JDK. The coroutine calls back when it can
   * continue; a {@code send} before that does nothing and returns {@code PARKED} again.
   */
  PARKED,

  /** The body has ended with {@link Coroutine#value()}. */
  RETURNED,

  /** The body has ended with {@link Coroutine#failure()}. */
  RAISED
}
