package org.asyncio4j.internal.bootstrap;

import org.asyncio4j.core.Future;

/**
 * Internal; not for use outside asyncio4j. The children of a group. They are cancelled when the
 * task of the group is, but only once that task runs, which may be too late for a child that holds
 * the loop.
 */
public interface GroupChildren {

  /**
   * Returns whether a task belongs to the group and would be cancelled with the group's task.
   *
   * @param task the task, which may be a child
   * @return whether it is a child that is not done and was not cancelled by the group
   */
  boolean contain(Future<?> task);

  /** {@return whether the task of the group waits only for its children} */
  boolean areAwaited();

  /**
   * Notes that a task is cancelled in advance; the group would cancel it once the task of the group
   * runs, and then does not cancel it again.
   *
   * @param task a child, or one that may become a child at the end of its first step
   * @return whether it must be cancelled now
   */
  boolean noteCancelledAhead(Future<?> task);

  /** Notes that the task of the group has run: later requests are other cancellations. */
  void forgetCancelledAhead();
}
