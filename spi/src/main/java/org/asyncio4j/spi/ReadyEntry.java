package org.asyncio4j.spi;

import org.asyncio4j.core.Context;
import org.jspecify.annotations.Nullable;

/** An entry in the queue of a loop. */
abstract class ReadyEntry {

  /**
   * Returns whether this only switches to a fiber, which the loop's own thread does; otherwise a
   * callback runner runs it.
   */
  boolean runsOnCarrier() {
    return false;
  }

  /** Returns whether there is nothing left to run. */
  boolean isDropped() {
    return false;
  }

  /** Returns the context in which {@link #run} is called, {@code null} for an empty one. */
  @Nullable Context runContext() {
    return null;
  }

  /** Returns the thread that runs the code, given the thread of the caller. */
  Thread threadOn(Thread caller) {
    return caller;
  }

  /** Called when this will never run, because its loop closes. */
  void drop() {
    // There is no other reference to it.
  }

  /** Runs the entry. An exception is reported. */
  abstract void run() throws Exception;
}
