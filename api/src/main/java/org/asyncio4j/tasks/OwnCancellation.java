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
 * The cancellation by which a limit or a group ends its own block, told from those of others by
 * counting: there are as many requests as the task had seen when the block began, or somebody else
 * made one.
 */
final class OwnCancellation {

  private final Task<?> task;
  private final int before;
  private boolean requested;

  private OwnCancellation(Task<?> task) {
    this.task = task;
    // What was requested before and is still to be raised comes in the block: it is of others.
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

  /** Has the children of a group reached while one of them holds the loop; the answer ends that. */
  Runnable openGroup(GroupChildren children) {
    return LoopBootstraps.get().openGroup(task, children);
  }

  /** Lets the expiry of limits take effect for which the body was interrupted already. */
  void catchUp() {
    boolean ignored = task.hasUnseenInterrupt();
  }

  /** Whether an exception that leaves the block now is a cancellation, in whatever guise. */
  boolean isToldBy(Throwable thrown) {
    return thrown instanceof CancelledError || task.hasUnseenInterrupt();
  }

  void request(String message) {
    requested = task.cancel(message);
  }

  boolean isRequested() {
    return requested;
  }

  /** Comes once, when the block has ended. */
  void takeBack() {
    if (requested) {
      int ignored = task.uncancel();
      if (!isJoinedByOthers()) {
        // The task may have requests left that it has seen before the block began.
        task.dropUnseenCancellation();
      }
    }
  }

  /** Whether somebody else cancels the task; only after {@link #takeBack}. */
  boolean isJoinedByOthers() {
    return task.cancelling() > before;
  }

  /** Has the cancellation of others, which the block has seen, seen once more. */
  void repeatThatOfOthers(@Nullable String message) {
    int ignored = task.uncancel();
    task.cancel(message);
  }
}
