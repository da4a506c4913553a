package org.asyncio4j.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body of code that the loop runs step by step, from one point of suspension to the next: {@code
 * asyncio.Task}.
 *
 * <p>Tasks come from {@link EventLoop#createTask}. The interface is open: a loop author may bring
 * another implementation, which then tells the loop of its life through the hooks of the {@code
 * spi} module.
 *
 * @param <T> the type of the body's result
 */
public interface Task<T extends @Nullable Object> extends Future<T> {

  /** {@return the task's name, {@code Task-N} unless one was given} Callable from any thread. */
  String name();

  /**
   * Gives the task another name. The thread that runs the body of a built-in task has the same
   * name, so that thread dumps show it. Called on the loop's thread.
   *
   * @param name the name
   */
  void setName(String name);

  /** {@return the context that the body runs in} */
  Context context();

  /**
   * Requests that this task be cancelled: its body sees a {@link CancelledError} at the point where
   * it waits, or at the next {@link Future#await()} if it does not wait. A body that was not
   * started yet never runs. The body may clean up, and may even go on (see {@link #uncancel()}), so
   * this task need not end as cancelled.
   *
   * <p>A body that is parked in a blocking call of the JDK is interrupted, unless {@link
   * TaskOptions#interruptOnCancel()} says otherwise.
   *
   * @param message the message of the error, or {@code null} for none
   * @return {@code false} if this task is done already, and nothing happened
   */
  @Override
  boolean cancel(@Nullable String message);

  /** {@return how many cancellations were requested and not taken back} */
  int cancelling();

  /**
   * {@return whether a cancellation was requested that the body has not seen yet} A limit or group
   * that begins meanwhile must not take that one for its own. A task that does not tell answers
   * {@code false}, as asyncio's tasks do.
   */
  default boolean hasUnseenCancellation() {
    return false;
  }

  /**
   * Takes one request for cancellation back, for a body that caught the {@link CancelledError} and
   * goes on. When none is left, a cancellation that the body has not seen yet is retracted
   * (asyncio, 3.13).
   *
   * @return how many requests are left
   */
  int uncancel();

  /**
   * Returns where the body is: the stack of a suspended task, innermost frame first; the trace of
   * what a failed task failed with; otherwise nothing. Callable from any thread.
   *
   * @return the frames
   */
  List<StackTraceElement> stack();
}
