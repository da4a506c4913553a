package org.asyncio4j.spi.coroutine;

/** Why a {@link Coroutine} gave control back. */
public enum Suspension {
  /**
   * The body waits for {@link Coroutine#awaited()}; it goes on with the next {@code send} or {@code
   * throwInto}.
   */
  AWAITING,

  /** The body only lets others run: it wants the next {@code send} in the next tick. */
  YIELDED,

  /**
   * The body is parked in a blocking call of the JDK. The coroutine calls back when it can go on; a
   * {@code send} before that does nothing and answers the same.
   */
  PARKED,

  /** The body has ended with {@link Coroutine#value()}. */
  RETURNED,

  /** The body has ended with {@link Coroutine#failure()}. */
  RAISED
}
