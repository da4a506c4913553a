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

/** Internal; not for use outside asyncio4j. What the front door needs of the {@code spi} module. */
public interface LoopBootstrap {

  /**
   * Opens a loop.
   *
   * @param name the name of its provider; chosen by property or priority if absent
   * @param engine what runs the bodies of tasks; as a property says if absent
   * @return an open loop
   */
  EventLoop newEventLoop(Optional<String> name, Optional<CoroutineEngine> engine);

  /** {@return what providers there are, the one that would be chosen first} */
  List<EventLoopInfo> eventLoops();

  /** {@return the loop on whose thread the caller is, or {@code null}} */
  @Nullable EventLoop runningLoop();

  /**
   * Refuses a call from a foreign thread while a loop runs.
   *
   * @param loop whose thread is asked for
   * @param operation the method, for the message
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  void ensureOwner(EventLoop loop, String operation);

  /**
   * Has an action called when a loop closes, or now if it is closed. Callable from any thread.
   *
   * @param loop the loop
   * @param action what to call, perhaps twice
   * @return takes it back
   */
  Runnable onClose(EventLoop loop, Runnable action);

  /**
   * Tells a task that the block which it has begun is a group. On the loop's thread.
   *
   * @param task runs the group
   * @param children those of the group
   * @return tells that the block has ended
   */
  Runnable openGroup(Task<?> task, GroupChildren children);

  /**
   * Makes a task as a loop does that has no task factory.
   *
   * @param loop the loop
   * @param body the code that the task runs
   * @param options the options of the task
   * @param <T> the type of its result
   * @return the task
   * @throws IllegalArgumentException if the loop is of a kind that makes its tasks in another way
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
   * @param action called for each signal, on a thread of its own
   * @return takes the action back, and with the last one of the signal puts the former behaviour
   *     back; does nothing where it could not be changed
   */
  Runnable onSignal(String name, Runnable action);
}
