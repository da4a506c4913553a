package org.asyncio4j.core;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.asyncio4j.net.Networking;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks and callbacks, one at a time, and performs their I/O: {@code
 * asyncio.AbstractEventLoop}.
 *
 * <p>Most programs do not use this interface directly: {@code Asyncio.run} opens a loop, runs the
 * program on it and closes it. A program that gets a loop from {@code Asyncio.newEventLoop()} must
 * {@link #close()} it.
 *
 * <p>A running loop owns a thread. "On the loop's thread" means: in one of its tasks or callbacks,
 * which run in virtual threads that this thread carries one at a time.
 */
public interface EventLoop extends Scheduler, Networking, IoWatcher, AutoCloseable {

  /**
   * Runs until {@link #stop()} is called; the calling thread waits until then. If {@code stop} was
   * called before, one tick runs without waiting for I/O. If the waiting thread is interrupted, its
   * interrupt status is kept and the loop does not end.
   *
   * @throws IllegalStateException if the loop is closed or already running, or the caller is on the
   *     thread of a running loop
   */
  void runForever();

  /**
   * Runs until a future is done; the calling thread waits until then.
   *
   * @param future a future of this loop
   * @param <T> the type of its value
   * @return its value; if it failed, its exception is thrown unchanged
   * @throws CancelledError if the future was cancelled
   * @throws IllegalArgumentException if the future belongs to another loop
   * @throws IllegalStateException as {@link #runForever()}, or if the loop was stopped before the
   *     future was done
   */
  <T extends @Nullable Object> T runUntilComplete(Future<T> future);

  /**
   * Ends {@link #runForever()} after the callbacks that are queued now; callbacks that these
   * schedule wait for the next run. Does not wake a sleeping loop: use {@code
   * loop.callSoonThreadsafe(loop::stop)} from another thread. May be called repeatedly.
   */
  void stop();

  /** {@return whether the loop is running} Callable from any thread. */
  boolean isRunning();

  /** {@return whether the loop was closed} Callable from any thread. */
  boolean isClosed();

  /**
   * Closes the loop permanently and frees its resources: its callbacks and timers never run, its
   * sockets are closed, and its default executor is shut down without waiting for it. Closing a
   * closed loop does nothing.
   *
   * <p>If a loop becomes unreachable without having been closed, it is closed when it is
   * garbage-collected, and a warning is logged, {@code unclosed event loop} (asyncio: {@code
   * ResourceWarning}). In debug mode the log also shows where the loop was opened; the warning says
   * so. Do not rely on this: a loop with a pending task is never collected, because the task is a
   * suspended thread that refers to its loop.
   *
   * @throws IllegalStateException if the loop is running
   */
  @Override
  void close();

  /**
   * Creates a pending future that the caller completes.
   *
   * @param <T> the type of its value
   * @return a future of this loop
   */
  <T extends @Nullable Object> Promise<T> createFuture();

  /**
   * Creates a task and schedules its first step. The loop holds a reference to the task until it is
   * done, so the caller need not.
   *
   * @param body the code that the task runs
   * @param <T> the type of its result
   * @return the task, which {@link #allTasks()} shows at once
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread; use
   *     {@code Asyncio.runCoroutineThreadsafe}
   */
  default <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
    return createTask(body, TaskOptions.defaults());
  }

  /**
   * Creates a task as {@link #createTask(Callable)} does, with a name, a context and more.
   *
   * @param body the code that the task runs
   * @param options the options of the task
   * @param <T> the type of its result
   * @return the task
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body, TaskOptions options);

  /**
   * Creates a task without a result, as {@link #createTask(Callable)} does.
   *
   * @param body the code that the task runs
   * @return the task
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  default Task<@Nullable Void> createTask(ThrowingRunnable<? extends Exception> body) {
    return createTask(body, TaskOptions.defaults());
  }

  /**
   * Creates a task without a result, as {@link #createTask(Callable)} does, with a name, a context
   * and more.
   *
   * @param body the code that the task runs
   * @param options the options of the task
   * @return the task
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  default Task<@Nullable Void> createTask(
      ThrowingRunnable<? extends Exception> body, TaskOptions options) {
    return createTask(requireNonNull(body, "body").returningNull(), options);
  }

  /**
   * Sets the task factory.
   *
   * @param factory makes the tasks, or {@code null} for the loop's own
   */
  void setTaskFactory(@Nullable TaskFactory factory);

  /** {@return the task factory; empty if the loop makes its own tasks} */
  Optional<TaskFactory> taskFactory();

  /**
   * Returns the task whose step is running; empty between two steps and in callbacks. Callable from
   * any thread.
   *
   * @return the task, if one is running
   */
  Optional<Task<?>> currentTask();

  /** {@return the tasks of this loop that are currently not done} Callable from any thread. */
  Set<Task<?>> allTasks();

  /**
   * Runs blocking code on the default executor, outside the loop. The code does not run in the
   * caller's context; use {@code Asyncio.toThread} for that. If the code throws an exception, the
   * future fails with it, even if it is a {@link CancelledError}: such a future has failed and is
   * not cancelled.
   *
   * @param body the blocking code
   * @param <T> the type of its result
   * @return a future of the result; cancelling it prevents the code from starting, but does not
   *     stop code that is already running. The future is cancelled if the executor is shut down
   *     before the code starts
   * @throws IllegalStateException if the loop is closed or its default executor was shut down
   */
  <T extends @Nullable Object> Future<T> runInExecutor(Callable<? extends T> body);

  /**
   * Runs blocking code on a given executor.
   *
   * @param executor runs the code
   * @param body the blocking code
   * @param <T> the type of its result
   * @return a future of the result; cancelling it does not stop code that is already running
   * @throws IllegalStateException if the loop is closed
   * @throws java.util.concurrent.RejectedExecutionException if the executor rejects the code
   */
  <T extends @Nullable Object> Future<T> runInExecutor(
      Executor executor, Callable<? extends T> body);

  /**
   * Runs blocking code without a result on the default executor, as {@link
   * #runInExecutor(Callable)} does.
   *
   * @param body the blocking code
   * @return a future that is done when the code has ended
   * @throws IllegalStateException if the loop is closed or its default executor was shut down
   */
  default Future<@Nullable Void> runInExecutor(ThrowingRunnable<? extends Exception> body) {
    return runInExecutor(requireNonNull(body, "body").returningNull());
  }

  /**
   * Runs blocking code without a result on a given executor.
   *
   * @param executor runs the code
   * @param body the blocking code
   * @return a future that is done when the code has ended; cancelling it does not stop code that is
   *     already running
   * @throws IllegalStateException if the loop is closed
   * @throws java.util.concurrent.RejectedExecutionException if the executor rejects the code
   */
  default Future<@Nullable Void> runInExecutor(
      Executor executor, ThrowingRunnable<? extends Exception> body) {
    return runInExecutor(executor, requireNonNull(body, "body").returningNull());
  }

  /**
   * Replaces the default executor, which starts a virtual thread per call. The previous executor is
   * not shut down.
   *
   * @param executor the new executor, which {@link #shutdownDefaultExecutor} and {@link #close()}
   *     shut down
   */
  void setDefaultExecutor(ExecutorService executor);

  /**
   * Shuts the default executor down and waits for its work to end, suspending the current task.
   *
   * @param timeout how long to wait; then its threads are interrupted and a warning is logged
   * @return whether all its work ended in time
   * @throws IllegalStateException if the caller is not a task
   */
  boolean shutdownDefaultExecutor(Duration timeout);

  /**
   * Sets the handler of errors that no task receives.
   *
   * @param handler the handler, or {@code null} for {@link #defaultExceptionHandler}
   */
  void setExceptionHandler(@Nullable ExceptionHandler handler);

  /** {@return the exception handler, if one was set} */
  Optional<ExceptionHandler> exceptionHandler();

  /**
   * Reports an error to the exception handler. Never throws: a handler that throws is itself
   * reported, to the log.
   *
   * @param report what happened
   */
  void callExceptionHandler(ErrorReport report);

  /**
   * Handles a report when no handler is set: logs it as an error with the logger {@code
   * org.asyncio4j}.
   *
   * @param report what happened
   */
  void defaultExceptionHandler(ErrorReport report);

  /**
   * Returns how much work the loop has and how many ticks it has begun. Callable on the loop's
   * thread, or while the loop is not running.
   *
   * @return a snapshot
   * @throws UnsupportedOperationException if the loop has no statistics; loops that extend the
   *     {@code BaseEventLoop} of the {@code spi} module have them
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  default LoopStatistics statistics() {
    throw new UnsupportedOperationException("cannot count: %s has no statistics".formatted(this));
  }

  /** {@return whether debug mode is on} Callable from any thread. */
  boolean isDebug();

  /**
   * Turns debug mode on or off. In debug mode handles, futures and tasks remember where they were
   * created; a callback or step that takes longer than {@link #slowCallbackDuration()} is logged
   * while it runs, with its stack; a step that is parked outside {@code await} and holds a loop of
   * the hand-off engine is logged, too; and a task that returns a value although it was cancelled,
   * without calling {@link Task#uncancel()}, is reported to the exception handler.
   *
   * @param debug whether debug mode is on
   */
  void setDebug(boolean debug);

  /**
   * {@return how long a callback or a task's step may take before debug mode logs it; 100 ms by
   * default}
   */
  Duration slowCallbackDuration();

  /**
   * Sets how long a callback or a task's step may take before debug mode logs it.
   *
   * @param duration a positive duration
   * @throws IllegalArgumentException if it is zero or negative
   */
  void setSlowCallbackDuration(Duration duration);
}
