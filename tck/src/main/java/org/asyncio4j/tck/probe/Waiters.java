package org.asyncio4j.tck.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;

/** Tasks that wait for something. For the task in which a rule runs. */
public final class Waiters {

  private static final int ENOUGH_TICKS = 300;

  private final EventLoop loop;
  private final List<Task<Boolean>> tasks = new ArrayList<>();

  public Waiters(EventLoop loop) {
    this.loop = loop;
  }

  /** Creates a task and lets it run up to where it waits. */
  public Task<Boolean> start(ThrowingRunnable<? extends Exception> body) {
    Task<Boolean> task =
        loop.createTask(() -> {
          body.run();
          return true;
        });
    tasks.add(task);
    Waiters.giveWay(1);
    return task;
  }

  /** Lets all that is ready run, the given number of times. */
  public static void giveWay(int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      Asyncio.sleep(Duration.ZERO);
    }
  }

  /**
   * Lets the tasks run until all are done, within a time limit; those not cancelled must succeed.
   */
  public void join() {
    for (int tick = 0; tick < ENOUGH_TICKS && !allDone(); tick++) {
      Waiters.giveWay(1);
    }
    Expect.that("tasks that were woken or cancelled must be done after a few ticks", allDone());
    for (Task<Boolean> task : tasks) {
      if (!task.isCancelled()) {
        boolean ignored = task.result();
      }
    }
  }

  private boolean allDone() {
    return tasks.stream().allMatch(Task::isDone);
  }
}
