package org.asyncio4j.spi.completion;

import java.io.IOException;

/** Waits for operations to end: the completion queue of a loop. */
public interface CompletionPort extends AutoCloseable {

  /**
   * Waits until an operation has ended, {@link #wakeUp()} was called, or the time has passed, then
   * reports the operations that have ended to their {@link Completion}. May return early; never
   * waits busily. Operations that were started and not handed to the system are handed over first.
   *
   * @param waitNanos how long to wait: 0 not at all, {@link Long#MAX_VALUE} without limit
   * @throws IOException if the system refuses; the run of the loop ends with it
   */
  void poll(long waitNanos) throws IOException;

  /**
   * Hands the operations that were started to the system. Called before each {@link #poll}, and
   * once more, behind a poll that does not wait, when a run of the loop ends: {@link
   * org.asyncio4j.spi.BaseEventLoop#flush} says when exactly. A port that submits and waits by one
   * system call does nothing here unless {@code last} is true.
   *
   * @param last whether the run ends, so that no poll follows
   * @throws IOException if the system refuses; the run of the loop ends with it
   * @implSpec does nothing, for systems that are called when an operation is started
   */
  default void flush(boolean last) throws IOException {}

  /**
   * Ends the wait that goes on, or else the next one at once. Called from any thread, also during
   * and after {@link #close()}; never throws, blocks or takes a contended lock.
   */
  void wakeUp();

  /**
   * Releases the system's resources. All sockets are closed already. When this returns, the system
   * uses no buffer any more; operations that had not ended are not reported. Does nothing when
   * repeated.
   */
  @Override
  void close();

  /**
   * Returns what holds the system's resources of this driver, sockets included. It is closed if the
   * loop is collected without having been closed: at most once, on another thread, when nothing
   * uses the driver any more. It must not refer to completions, which know the loop, because the
   * loop could never be collected then.
   *
   * @return the resources
   * @implSpec there are none
   */
  default AutoCloseable resources() {
    return () -> {};
  }
}
