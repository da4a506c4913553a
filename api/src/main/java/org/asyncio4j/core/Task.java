package org.asyncio4j.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body of code that the loop runs step by step, from one suspension point to the next: {@code
 * asyncio.Task}.
 *
 * <p>Tasks come from {@link EventLoop#createTask}. The interface is open: loop authors may provide
 * their own implementation, which notifies the loop of its life cycle through the hooks of the
 * {@code spi} module.
 *
 * @param <T> the type of the body's result
 */
public interface Task<T extends @Nullable Object> extends Future<T> {

  /** {@return the task's name, {@code Task-N} unless one was given} Callable from any thread. */
  String name();

  /**
   * Renames the task. The thread that runs the body of a built-in task has the same name, so that
   * thread dumps show it. Must be called on the loop's thread.
   *
   * @param name the name
   */
  void setName(String name);

  /** {@return the context that the body runs in} */
  Context context();

  /**
   * Requests that this task be cancelled: its body sees a {@link CancelledError} at the point where
   * it waits, or at the next {@link Future#await()} if it does not wait. A body that has not
   * started never runs. The body may clean up, and may even continue (see {@link #uncancel()}), so
   * this task does not necessarily end as cancelled.
   *
   * <p>A body that is parked in a blocking call of the JDK is interrupted, unless {@link
   * TaskOptions#interruptOnCancel()} is {@code false}; the same applies to a body that parks later,
   * before it has seen the cancellation. Any exception that an interrupted body then ends with
   * counts as the cancellation: it becomes the cause of the {@link CancelledError} that this task
   * ends with. If the blocking call had completed before the request, the body is not interrupted,
   * and an exception that it throws is the failure of this task.
   *
   * @param message the message of the error, or {@code null} for none
   * @return {@code false} if this task is done already, and nothing happened
   */
  @Override
  boolean cancel(@Nullable String message);

  /**
   * Requests cancellation as {@link #cancel(String)} does, from any thread: the request is made on
   * the loop's thread, as by {@link EventLoop#callSoonThreadsafe(Runnable)}. Does nothing if this
   * task is done by then.
   *
   * <p>On the hand-off engine it also reaches a body that holds the loop because it is parked in a
   * blocking call: the body is interrupted, unless {@link TaskOptions#interruptOnCancel()} is
   * {@code false}. The body of another task that this one waits for is interrupted, too, also in a
   * gathering or a group. Nothing else that another thread schedules runs before such a body
   * continues.
   *
   * @param message the message of the error, or {@code null} for none
   * @throws IllegalStateException if the loop is closed
   */
  default void cancelThreadsafe(@Nullable String message) {
    loop().callSoonThreadsafe(() -> cancel(message));
  }

  /** {@return the number of cancellation requests that were not taken back} */
  int cancelling();

  /**
   * {@return whether a cancellation was requested that the body has not seen yet} A limit or group
   * that begins in this state must not mistake that cancellation for its own. A task that does not
   * keep track of this returns {@code false}, as asyncio's tasks do.
   */
  default boolean hasUnseenCancellation() {
    return false;
  }

  /**
   * Returns whether the body was interrupted in a blocking call because of a cancellation that it
   * has not seen yet. While it returns {@code true}, any exception that leaves a block counts as
   * that cancellation, because libraries turn interrupts into their own exceptions. It returns
   * {@code false} again when the cancellation is raised as a {@link CancelledError} at an {@code
   * await}, or is taken back.
   *
   * <p>Limits and groups call this method when their block has thrown an exception. The default
   * implementation, for tasks that do not interrupt their bodies, returns {@code false}.
   *
   * @return whether an exception that leaves a block now counts as the cancellation
   */
  default boolean hasUnseenInterrupt() {
    return false;
  }

  /**
   * Drops a cancellation that the body has not seen yet: it is no longer raised, and the interrupt
   * flag of the body is cleared. The number of requests does not change. A limit or group calls
   * this method after it has taken back its own request, if there was no other request since its
   * block began. It is needed because the task may have older requests, in which case {@link
   * #uncancel()} alone does not retract the cancellation. The default implementation does nothing.
   */
  default void dropUnseenCancellation() {
    // A task that does not report such an end has nothing to undo.
  }

  /**
   * Schedules the end of a time limit of a block that the body runs, as {@link
   * Scheduler#callAt(long, Runnable)} does, or {@link Scheduler#callSoon(Runnable)} if the time has
   * passed.
   *
   * <p>On the hand-off engine a body that is parked in a blocking call holds the loop, so no timer
   * runs. In that case the body is interrupted at the given time, up to 50 ms late, and the
   * callback runs in the body as soon as the body calls a method of this task or suspends. If
   * another body holds the loop, and the cancellation of this task would be passed on to it, that
   * body is interrupted. The default implementation only sets the timer.
   *
   * @param when nanoseconds of the loop's time; {@link Expiry#NEVER} for no limit yet
   * @param action requests the cancellation; runs at most once, on the loop's thread
   * @return the expiry, to change the time or to end the block
   */
  default Expiry scheduleExpiry(long when, Runnable action) {
    return new TimerExpiry(loop(), when, action);
  }

  /**
   * Takes back one cancellation request, for a body that caught the {@link CancelledError} and
   * continues. When no request is left, a cancellation that the body has not seen yet is retracted
   * (asyncio, 3.13).
   *
   * @return the number of requests that are left
   */
  int uncancel();

  /**
   * Returns the position of the body: the stack of a suspended task, innermost frame first; the
   * stack trace of the exception of a failed task; otherwise no frames. Callable from any thread.
   *
   * @return the frames
   */
  List<StackTraceElement> stack();
}
