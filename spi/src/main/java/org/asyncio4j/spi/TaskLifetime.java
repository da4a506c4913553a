package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/**
 * Notifies a loop of the life of its tasks: the hooks {@code _register_task}, {@code
 * _unregister_task}, {@code _enter_task}, {@code _leave_task} and their eager relatives (asyncio,
 * "Extending"). {@link BuiltinTask} calls them itself.
 *
 * <p>A third-party task calls {@link #registerTask} in its constructor, {@link #unregisterTask}
 * when it is about to finish, {@link #enterTask} immediately before and {@link #leaveTask}
 * immediately after each step of its coroutine.
 */
public final class TaskLifetime {

  private TaskLifetime() {}

  /**
   * Makes a task visible to {@link EventLoop#allTasks()} of its loop until it is done. A {@link
   * BuiltinTask} is held strongly until it is done; any other task is held weakly, so its creator
   * must keep a reference to it. Registering a task again has no effect. May be called from any
   * thread for tasks other than the built-in one.
   *
   * @param task a task whose {@link Task#loop()} and {@link Task#isDone()} may be called
   * @throws IllegalArgumentException if its loop does not extend {@link BaseEventLoop}
   */
  public static void registerTask(Task<?> task) {
    registryOf(requireNonNull(task, "task").loop()).register(task);
  }

  /**
   * Removes a task from {@link EventLoop#allTasks()}. Does nothing if the task is not registered.
   *
   * @param task the task
   * @throws IllegalArgumentException if its loop does not extend {@link BaseEventLoop}
   */
  public static void unregisterTask(Task<?> task) {
    registryOf(requireNonNull(task, "task").loop()).unregister(task);
  }

  /**
   * Sets the current task of a loop.
   *
   * @param loop the loop, which must be running on the calling thread
   * @param task the task whose step begins
   * @throws IllegalStateException if another task is current; it remains current
   * @throws WrongThreadException if the loop does not run on the calling thread
   * @throws IllegalArgumentException if the loop does not extend {@link BaseEventLoop}
   */
  public static void enterTask(EventLoop loop, Task<?> task) {
    requireNonNull(task, "task");
    runningRegistryOf(loop).enter(task);
  }

  /**
   * Clears the current task set by {@link #enterTask}.
   *
   * @param loop the loop, which must be running on the calling thread
   * @param task the task whose step ends
   * @throws IllegalStateException if the task is not the current one; the current task is unchanged
   * @throws WrongThreadException if the loop does not run on the calling thread
   * @throws IllegalArgumentException if the loop does not extend {@link BaseEventLoop}
   */
  public static void leaveTask(EventLoop loop, Task<?> task) {
    requireNonNull(task, "task");
    runningRegistryOf(loop).leave(task);
  }

  /**
   * Replaces the current task and returns the previous one, for a task that takes its first step
   * inside a step of another task.
   *
   * @param loop the loop, which must be running on the calling thread
   * @param task the new current task, or {@code null} for none
   * @return the previous current task, or {@code null} if there was none
   * @throws WrongThreadException if the loop does not run on the calling thread
   * @throws IllegalArgumentException if the loop does not extend {@link BaseEventLoop}
   */
  public static @Nullable Task<?> swapCurrentTask(EventLoop loop, @Nullable Task<?> task) {
    TaskRegistry registry = runningRegistryOf(loop);
    Task<?> former = registry.current();
    registry.setCurrent(task);
    return former;
  }

  /**
   * Makes a task visible while it takes its first step eagerly, before it is registered or done.
   * The task is held strongly.
   *
   * @param task the task
   * @throws IllegalArgumentException if its loop does not extend {@link BaseEventLoop}
   */
  public static void registerEagerTask(Task<?> task) {
    registryOf(requireNonNull(task, "task").loop()).registerEager(task);
  }

  /**
   * Reverses {@link #registerEagerTask}. Does nothing if the task is not registered as an eager
   * one.
   *
   * @param task the task
   * @throws IllegalArgumentException if its loop does not extend {@link BaseEventLoop}
   */
  public static void unregisterEagerTask(Task<?> task) {
    registryOf(requireNonNull(task, "task").loop()).unregisterEager(task);
  }

  private static TaskRegistry registryOf(EventLoop loop) {
    return baseOf(loop).core().tasks();
  }

  private static TaskRegistry runningRegistryOf(EventLoop loop) {
    BaseEventLoop base = baseOf(loop);
    if (!base.core().isOnLoopThread()) {
      throw new WrongThreadException(
          "cannot change the tasks of %s: it does not run on %s; call this on its thread"
              .formatted(base, Described.currentThread()));
    }
    return base.core().tasks();
  }

  private static BaseEventLoop baseOf(EventLoop loop) {
    if (requireNonNull(loop, "loop") instanceof BaseEventLoop base) {
      return base;
    }
    throw new IllegalArgumentException(
        "loop must extend BaseEventLoop to keep tasks: " + loop.getClass().getName());
  }
}
