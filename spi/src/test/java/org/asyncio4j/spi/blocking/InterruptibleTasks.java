package org.asyncio4j.spi.blocking;

import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.RunningLoop;

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
