package org.asyncio4j.spi.internal.cycle;

import org.asyncio4j.core.Context;
import org.jspecify.annotations.Nullable;

/** An entry in the queue of a loop. */
public abstract class ReadyEntry {

  /**
   * Returns whether this only switches to a fiber, which the loop's own thread does; otherwise a
   * callback runner runs it.
   */
  public boolean runsOnCarrier() {
    return false;
  }

  /** Returns whether there is nothing left to run. */
  public boolean isDropped() {
    return false;
  }

  /** Returns the context in which {@link #run} is called, {@code null} for an empty one. */
  public @Nullable Context runContext() {
    return null;
  }

  /** Returns the thread that runs the code, given the thread of the caller. */
  public Thread threadOn(Thread caller) {
    return caller;
  }

  /** Called when this will never run, because its loop closes. */
  public void drop() {
    // There is no other reference to it.
  }

  /** Runs the entry. An exception is reported. */
  public abstract void run() throws Exception;
}
