package org.asyncio4j.spi;

import org.asyncio4j.core.Task;

/**
 * Takes first steps of tasks inside the step or callback that creates them (asyncio, "Eager task
 * factory"). The creator is current again afterwards, whatever happens. Belongs to the loop's
 * thread.
 */
final class EagerStarts {

  // A chain of eager tasks that create eager tasks grows the stack of the thread that carries them.
  private static final int DEEPEST = 200;

  private final TaskRegistry tasks;
  private int depth;

  EagerStarts(TaskRegistry tasks) {
    this.tasks = tasks;
  }

  /** Whether there is room for a first step inside those that are being taken. */
  boolean haveRoom() {
    return depth < DEEPEST;
  }

  /** Takes the first step of a task, and registers the task if it is not done then. */
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
      // Not before it is registered: another thread that looks must find it here or there.
      tasks.unregisterEager(task);
    }
  }
}
