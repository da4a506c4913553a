package org.asyncio4j.core;

/**
 * A callback that is scheduled and can be cancelled: {@code asyncio.Handle}.
 *
 * <p>Cancelling is the only thing that other threads may do, and only with a handle from {@link
 * Scheduler#callSoonThreadsafe}.
 *
 * <p>{@code toString} names the callback, for logs: by its text if its class defines {@code
 * toString}, else by its class, and for a lambda by the class in which it is written. In debug mode
 * it also says where the handle was created.
 */
public interface Handle {

  /**
   * Keeps the callback from being run and lets go of it. Does nothing if it was run, runs, or was
   * cancelled.
   *
   * <p>A handle of {@link Scheduler#callSoonThreadsafe} may be cancelled from any thread: when this
   * method returns the callback either has ended or will never run, unless the callback itself is
   * the caller.
   */
  void cancel();

  /** {@return whether {@link #cancel()} was called before the callback was run} */
  boolean isCancelled();

  /** {@return the context that the callback runs in} */
  Context context();
}
