package org.asyncio4j.spi.completion;

import java.io.IOException;

/**
 * Waits for operations to end: the completion queue of a loop.
 *
 * <p>{@link #poll} and {@link #flush} are called on one platform thread in all runs of a loop (rule
 * 7.23 of SPEC.md). Operations are started on the loop's thread, which is the same one on the
 * carrier engine, and another one on the hand-off engine; the two are never at work at the same
 * time. So a system that insists on one thread for its requests, such as io_uring with {@code
 * IORING_SETUP_SINGLE_ISSUER}, is asked in {@code poll} and {@code flush}, and an operation that is
 * started is only queued.
 */
public interface CompletionPort extends AutoCloseable {

  /**
   * Waits until an operation has ended, {@link #wakeUp()} is called, or the time has passed, then
   * reports the operations that have ended to their {@link Completion}. May return early; never
   * waits busily. Operations that were started but not yet submitted to the system are submitted
   * first.
   *
   * @param waitNanos the maximum time to wait: 0 returns at once, {@link Long#MAX_VALUE} waits
   *     without limit
   * @throws IOException if the system refuses; the run of the loop ends with it
   */
  void poll(long waitNanos) throws IOException;

  /**
   * Submits the operations that were started to the system. Called before each {@link #poll}, and
   * once more, after a poll that does not wait, when a run of the loop ends; see {@link
   * org.asyncio4j.spi.BaseEventLoop#flush} for the details. A port that submits and waits with a
   * single system call does nothing here unless {@code last} is true; then it submits what the
   * completions of that last poll have started, such as the next write of a connection.
   *
   * @param last whether the run ends, so that no poll follows
   * @throws IOException if the system refuses; the run of the loop ends with it
   * @implSpec does nothing, for ports that submit each operation when it is started
   */
  default void flush(boolean last) throws IOException {}

  /**
   * Makes the current wait end or, if there is none, makes the next one end at once. Called from
   * any thread, including during and after {@link #close()}; never throws, blocks or takes a
   * contended lock.
   */
  void wakeUp();

  /**
   * Releases the system's resources. All sockets are already closed. When this method returns, the
   * system no longer uses any buffer. Called on the thread that closes the loop, while no other
   * thread uses it. Operations that have ended may still be reported here, so that the loop closes
   * connections that were accepted; the others are not reported. Further calls do nothing.
   */
  @Override
  void close();

  /**
   * Returns an object that holds the system's resources of this driver, including its sockets, and
   * the buffers of operations that are under way, which the system may still write to. It is closed
   * if the loop is garbage-collected without having been closed: at most once, on another thread,
   * when nothing uses the driver any more. It must not refer to completions, which refer to the
   * loop, because the loop could then never be collected; a driver whose operations end on other
   * threads uses {@link CompletionQueue} to keep the two apart.
   *
   * @return the resources
   * @implSpec returns an object that holds none
   */
  default AutoCloseable resources() {
    return () -> {};
  }
}
