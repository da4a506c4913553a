package org.asyncio4j.internal.bootstrap;

import org.asyncio4j.core.Future;

/**
 * Internal; not for use outside asyncio4j. The children of a group, which are cancelled when the
 * task of the group is, but only as soon as that task runs. That may be too late for a child that
 * holds the loop.
 */
public interface GroupChildren {

  /**
   * Returns whether a task belongs to the group, and would be cancelled with the task of the group.
   *
   * @param task perhaps a child
   * @return whether it is one that is not done, and was not cancelled by the group
   */
  boolean contain(Future<?> task);

  /** {@return whether the task of the group waits for nothing but its children} */
  boolean areAwaited();

  /**
   * Notes that a task is cancelled, as its group would do as soon as the task of the group runs,
   * which then does not cancel it again.
   *
   * @param task a child, or one that may become a child at the end of its first step
   * @return whether it has to be cancelled now
   */
  boolean noteCancelledAhead(Future<?> task);

  /** The task of the group has run since: what comes later is another cancellation. */
  void forgetCancelledAhead();
}
