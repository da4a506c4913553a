package org.asyncio4j.spi;

/** Which engine runs the bodies of tasks. */
public enum CoroutineMode {
  /** {@link #CARRIER} where it can be had, else {@link #HANDOFF}. */
  AUTO,

  /**
   * The loop's thread carries the virtual threads of its tasks; needs {@code --add-opens} for
   * {@code java.lang}.
   */
  CARRIER,

  /**
   * The loop and its tasks are virtual threads that pass a baton; needs no flag. A body that blocks
   * outside {@code await} holds the loop, which is logged, with its stack, after a second.
   */
  HANDOFF
}
