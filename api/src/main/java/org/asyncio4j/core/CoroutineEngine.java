package org.asyncio4j.core;

/** The engine that runs the bodies of a loop's tasks: {@code -Dasyncio4j.coroutines}. */
public enum CoroutineEngine {
  /** {@link #CARRIER} if it is available, otherwise {@link #HANDOFF}: {@code auto}. */
  BEST,

  /**
   * The loop's thread carries the virtual threads of its tasks, and a blocking call suspends only
   * the task that makes it: {@code carrier}. Needs {@code --add-opens} for {@code java.lang}; a
   * loop that is opened without it throws {@link IllegalStateException}.
   */
  CARRIER,

  /**
   * The loop and its tasks take turns on virtual threads, and a blocking call holds the loop:
   * {@code handoff}. Needs no flag.
   */
  HANDOFF
}
