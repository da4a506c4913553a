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
   * TaskOptions#interruptOnCancel()} says otherwise; so is a body that parks later, before it has
   * seen the cancellation. Whatever exception an interrupted body then ends with is the
   * cancellation: it becomes the cause of the {@link CancelledError} that this task ends with. A
   * body whose blocking call had completed before the request is not interrupted, and what it
   * throws is the failure of this task.
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
   * blocking call: the body is interrupted, unless {@link TaskOptions#interruptOnCancel()} says
   * otherwise. So is the body of another task that this one waits for, in a gathering or a group,
   * too. Nothing else that another thread schedules runs before such a body goes on.
   *
   * @param message the message of the error, or {@code null} for none
   * @throws IllegalStateException if the loop is closed
   */
  default void cancelThreadsafe(@Nullable String message) {
    loop().callSoonThreadsafe(() -> cancel(message));
  }

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
   * Returns whether the body was interrupted in a blocking call because of a cancellation that it
   * has not seen yet. While it returns {@code true}, whatever exception leaves a block is that
   * cancellation: libraries turn an interrupt into exceptions of their own. It returns {@code
   * false} again when the cancellation is raised as a {@link CancelledError} at an {@code await},
   * or is taken back.
   *
   * <p>Limits and groups call it when their block has thrown. The default implementation, for tasks
   * that do not interrupt their bodies, returns {@code false}.
   *
   * @return whether the exception that leaves a block now is the cancellation
   */
  default boolean hasUnseenInterrupt() {
    return false;
  }

  /**
   * Drops a cancellation that the body has not seen yet: it is not raised any more, and the
   * interrupt flag of the body is cleared. The number of requests does not change. A limit or group
   * calls this method after it has taken its own request back, if no other request has come since
   * its block began: the task may have older requests, and then {@link #uncancel()} alone does not
   * retract the cancellation. The default implementation does nothing.
   */
  default void dropUnseenCancellation() {
    // There is nothing to end in a task that does not tell of it.
  }

  /**
   * Schedules the end of a time limit of a block that the body runs, as {@link
   * Scheduler#callAt(long, Runnable)} does, or {@link Scheduler#callSoon(Runnable)} if the time has
   * passed.
   *
   * <p>On the hand-off engine a body that is parked in a blocking call holds the loop, so that no
   * timer runs. There the body is interrupted at that time, up to 50 ms late; the callback runs in
   * the body as soon as the body calls a method of this task or suspends. If another body holds the
   * loop, and the cancellation of this task would be passed on to it, that one is interrupted. The
   * default implementation only sets the timer.
   *
   * @param when nanoseconds of the loop's time; {@link Expiry#NEVER} for no limit yet
   * @param action requests the cancellation; runs at most once, on the loop's thread
   * @return changes the time, and ends the block
   */
  default Expiry scheduleExpiry(long when, Runnable action) {
    return new TimerExpiry(loop(), when, action);
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
