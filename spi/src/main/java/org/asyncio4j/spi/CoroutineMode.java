package org.asyncio4j.spi;

/** The engine that runs the bodies of tasks. */
public enum CoroutineMode {
  /** {@link #CARRIER} if it is available, otherwise {@link #HANDOFF}. */
  AUTO,

  /**
   * The loop's thread carries the virtual threads of its tasks; needs {@code --add-opens} for
   * {@code java.lang}.
   */
  CARRIER,

  /**
   * The loop and its tasks are virtual threads that pass a baton; needs no flag. A body that blocks
   * outside {@code await} blocks the loop, which is logged with its stack after a second.
   */
  HANDOFF
}
