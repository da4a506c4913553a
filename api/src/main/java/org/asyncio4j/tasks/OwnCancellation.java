package org.asyncio4j.tasks;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Expiry;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.bootstrap.GroupChildren;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.bootstrap.RunningLoop;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/**
 * The cancellation by which a limit or a group ends its own block. It is distinguished from others
 * by counting: if there are more requests than the task had seen when the block began, other code
 * requested a cancellation.
 */
final class OwnCancellation {

  private final Task<?> task;
  private final int before;
  private boolean requested;

  private OwnCancellation(Task<?> task) {
    this.task = task;
    // A request from before that is not raised yet is raised in the block: it comes from other
    // code.
    this.before = task.cancelling() - (task.hasUnseenCancellation() ? 1 : 0);
  }

  static OwnCancellation ofCurrentTask(String what) {
    Task<?> task =
        RunningLoop.require()
            .currentTask()
            .orElseThrow(() ->
                new IllegalStateException(
                    "cannot enter %s: %s runs a callback; call this in a task"
                        .formatted(what, Described.currentThread())));
    return new OwnCancellation(task);
  }

  Task<?> task() {
    return task;
  }

  Expiry scheduleExpiry(long when, Runnable action) {
    return task.scheduleExpiry(when, action);
  }

  /**
   * Makes the children of a group cancellable while one of them holds the loop; closing the result
   * ends that.
   */
  Runnable openGroup(GroupChildren children) {
    return LoopBootstraps.get().openGroup(task, children);
  }

  /** Applies the expiry of limits for which the body has already been interrupted. */
  void catchUp() {
    boolean ignored = task.hasUnseenInterrupt();
  }

  /**
   * Returns whether an exception that leaves the block now counts as a cancellation, of whatever
   * type it is.
   */
  boolean isToldBy(Throwable thrown) {
    return thrown instanceof CancelledError || task.hasUnseenInterrupt();
  }

  void request(String message) {
    requested = task.cancel(message);
  }

  boolean isRequested() {
    return requested;
  }

  /** Called once, when the block has ended. */
  void takeBack() {
    if (requested) {
      int ignored = task.uncancel();
      if (!isJoinedByOthers()) {
        // The task may still have requests that it saw before the block began.
        task.dropUnseenCancellation();
      }
    }
  }

  /**
   * Returns whether the task is cancelled by other code; call this only after {@link #takeBack}.
   */
  boolean isJoinedByOthers() {
    return task.cancelling() > before;
  }

  /** Raises a cancellation by other code again, which the block has already seen. */
  void repeatThatOfOthers(@Nullable String message) {
    int ignored = task.uncancel();
    task.cancel(message);
  }
}
