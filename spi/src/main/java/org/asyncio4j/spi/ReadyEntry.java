package org.asyncio4j.spi;

import org.asyncio4j.core.Context;
import org.jspecify.annotations.Nullable;

/** Something that the loop runs in its turn. */
abstract class ReadyEntry {

  /**
   * Whether this only switches to a fiber, which the loop's own thread does; else a callback runner
   * runs it.
   */
  boolean runsOnCarrier() {
    return false;
  }

  /** Whether there is nothing to run any more. */
  boolean isDropped() {
    return false;
  }

  /** The context that {@link #run} is called in, {@code null} for an empty one. */
  @Nullable Context runContext() {
    return null;
  }

  /** Which thread the code runs on, if the caller's is the given one. */
  Thread threadOn(Thread caller) {
    return caller;
  }

  /** Never runs, because its loop closes. */
  void drop() {
    // Nobody else knows of it.
  }

  /** Runs the entry. What it throws is reported. */
  abstract void run() throws Exception;
}
