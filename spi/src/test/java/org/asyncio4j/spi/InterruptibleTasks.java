package org.asyncio4j.spi;

import org.asyncio4j.core.Task;

/** What tests of interrupts share. */
final class InterruptibleTasks {

  private static final int ENOUGH_TICKS = 20;

  private InterruptibleTasks() {}

  static Task<?> ownTask() {
    return RunningLoop.runningLoop().currentTask().orElseThrow();
  }

  /** Lets everything that is ready run; in a task. */
  static void settle() {
    for (int ticks = 0; ticks < ENOUGH_TICKS; ticks++) {
      Awaiter.yieldOnce();
    }
  }
}
