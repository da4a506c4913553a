package org.asyncio4j.core;

/**
 * A callback that is scheduled and can be cancelled: {@code asyncio.Handle}.
 *
 * <p>Other threads may only cancel a handle, and only one from {@link
 * Scheduler#callSoonThreadsafe}.
 *
 * <p>{@code toString} describes the callback, for logs: by its text if its class defines {@code
 * toString}, otherwise by its class, and a lambda by the class that contains it. In debug mode it
 * also says where the handle was created.
 */
public interface Handle {

  /**
   * Prevents the callback from running and releases it. Does nothing if it has run, is running, or
   * was cancelled.
   *
   * <p>A handle of {@link Scheduler#callSoonThreadsafe} may be cancelled from any thread: when this
   * method returns, the callback either has ended or will never run, unless the callback itself is
   * the caller.
   */
  void cancel();

  /** {@return whether {@link #cancel()} was called before the callback was run} */
  boolean isCancelled();

  /** {@return the context that the callback runs in} */
  Context context();
}
