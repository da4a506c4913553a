package org.asyncio4j.internal.bootstrap;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CoroutineEngine;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.EventLoopInfo;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * Internal; not for use outside asyncio4j. The services of the {@code spi} module that {@code
 * Asyncio} needs.
 */
public interface LoopBootstrap {

  /**
   * Opens a loop.
   *
   * @param name the name of its provider; chosen by property or priority if absent
   * @param engine the engine that runs the bodies of tasks; chosen by property if absent
   * @return an open loop
   */
  EventLoop newEventLoop(Optional<String> name, Optional<CoroutineEngine> engine);

  /** {@return the available providers; the one that would be chosen comes first} */
  List<EventLoopInfo> eventLoops();

  /** {@return the loop of the calling thread, or {@code null}} */
  @Nullable EventLoop runningLoop();

  /**
   * Rejects calls from other threads while a loop is running.
   *
   * @param loop the loop whose thread is required
   * @param operation the method, for the message
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  void ensureOwner(EventLoop loop, String operation);

  /**
   * Registers an action to call when a loop closes, or calls it now if the loop is closed. Callable
   * from any thread.
   *
   * @param loop the loop
   * @param action the action, which may be called twice
   * @return a handle that unregisters the action
   */
  Runnable onClose(EventLoop loop, Runnable action);

  /**
   * Notifies a task that the block that it has begun is a group. Callable only on the loop's
   * thread.
   *
   * @param task the task that runs the group
   * @param children the children of the group
   * @return a handle to close when the block has ended
   */
  Runnable openGroup(Task<?> task, GroupChildren children);

  /**
   * Creates a task as a loop without a task factory does.
   *
   * @param loop the loop
   * @param body the code that the task runs
   * @param options the options of the task
   * @param <T> the type of its result
   * @return the task
   * @throws IllegalArgumentException if this kind of loop creates its tasks in another way
   */
  <T extends @Nullable Object> Task<T> newTask(
      EventLoop loop, Callable<? extends T> body, TaskOptions options);

  /**
   * Suspends the current task until a future is done.
   *
   * @param future any future of the task's loop
   * @param <T> the type of its value
   * @return its value
   */
  <T extends @Nullable Object> T await(Future<T> future);

  /** Suspends the current task for one tick. */
  void yieldOnce();

  /**
   * Makes a signal to this process call an action instead of ending the program.
   *
   * @param name the name of the signal without {@code SIG}
   * @param action called for each signal, on a separate thread
   * @return a handle that removes the action; after the last action of the signal it restores the
   *     former behaviour. It does nothing if the behaviour could not be changed
   */
  Runnable onSignal(String name, Runnable action);
}
