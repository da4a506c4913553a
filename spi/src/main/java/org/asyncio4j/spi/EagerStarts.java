package org.asyncio4j.spi;

import org.asyncio4j.core.Task;

/**
 * Takes first steps of tasks inside the step or callback that creates them (asyncio, "Eager task
 * factory"). Afterwards the creator is always current again. Confined to the loop's thread.
 */
final class EagerStarts {

  // A chain of eager tasks that create eager tasks grows the stack of the thread that carries them.
  private static final int DEEPEST = 200;

  private final TaskRegistry tasks;
  private int depth;

  EagerStarts(TaskRegistry tasks) {
    this.tasks = tasks;
  }

  /** Returns whether another first step may be nested. */
  boolean haveRoom() {
    return depth < DEEPEST;
  }

  /** Takes the first step of a task, and registers the task if it is not done afterwards. */
  void take(Task<?> task, Runnable firstStep) {
    Task<?> creator = tasks.current();
    tasks.registerEager(task);
    tasks.setCurrent(task);
    depth++;
    try {
      firstStep.run();
    } finally {
      depth--;
      tasks.setCurrent(creator);
      if (!task.isDone()) {
        tasks.register(task);
      }
      // Not before it is registered: another thread must find it in one of the two sets.
      tasks.unregisterEager(task);
    }
  }
}
