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
 * Runs tasks and callbacks, one at a time, and does their I/O: {@code asyncio.AbstractEventLoop}.
 *
 * <p>Most programs never see one: {@code Asyncio.run} opens a loop, runs the program on it and
 * closes it. Those that do get a loop from {@code Asyncio.newEventLoop()} must {@link #close()} it.
 *
 * <p>A loop that runs owns a thread. "On the loop's thread" means: in one of its tasks or
 * callbacks, which are virtual threads that this thread carries one at a time.
 */
public interface EventLoop extends Scheduler, Networking, Watching, AutoCloseable {

  /**
   * Runs until {@link #stop()} is called; the calling thread waits meanwhile. If {@code stop} was
   * called before, one tick runs without waiting for I/O. An interrupt of the waiting thread is
   * kept for it and does not end the loop.
   *
   * @throws IllegalStateException if the loop is closed, runs already, or the caller is on the
   *     thread of a running loop
   */
  void runForever();

  /**
   * Runs until a future is done; the calling thread waits meanwhile.
   *
   * @param future a future of this loop
   * @param <T> the type of its value
   * @return its value; what it failed with is thrown as it is
   * @throws CancelledError if it was cancelled
   * @throws IllegalArgumentException if the future belongs to another loop
   * @throws IllegalStateException as {@link #runForever()}, or if the loop was stopped before the
   *     future was done
   */
  <T extends @Nullable Object> T runUntilComplete(Future<T> future);

  /**
   * Ends {@link #runForever()} after the callbacks that are queued now; what they schedule waits
   * for the next run. Does not wake a loop that sleeps: another thread calls {@code
   * loop.callSoonThreadsafe(loop::stop)}. May be called repeatedly.
   */
  void stop();

  /** {@return whether the loop runs} Callable from any thread. */
  boolean isRunning();

  /** {@return whether the loop was closed} Callable from any thread. */
  boolean isClosed();

  /**
   * Closes the loop for good and frees what it holds: its callbacks and timers never run, its
   * sockets are closed, its default executor is told to shut down but not waited for. Closing a
   * closed loop does nothing.
   *
   * <p>A loop that nothing refers to any more and that was not closed is closed when it is
   * collected, and the log has a warning, {@code unclosed event loop} (asyncio: {@code
   * ResourceWarning}); in debug mode with where it was opened, which the warning points out. Do not
   * rely on it: a loop with a pending task is never collected, because the task is a suspended
   * thread that refers to its loop.
   *
   * @throws IllegalStateException if the loop runs
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
   * Creates a task and schedules its first step. The loop holds the task until it is done, so the
   * caller need not.
   *
   * @param body what the task runs
   * @param <T> the type of its result
   * @return the task, which {@link #allTasks()} shows at once
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop runs and the caller is not on its thread; use {@code
   *     Asyncio.runCoroutineThreadsafe}
   */
  default <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
    return createTask(body, TaskOptions.defaults());
  }

  /**
   * Creates a task as {@link #createTask(Callable)} does, with a name, a context and more.
   *
   * @param body what the task runs
   * @param options how
   * @param <T> the type of its result
   * @return the task
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
   */
  <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body, TaskOptions options);

  /**
   * Creates a task without a result, as {@link #createTask(Callable)} does.
   *
   * @param body what the task runs
   * @return the task
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
   */
  default Task<@Nullable Void> createTask(ThrowingRunnable<? extends Exception> body) {
    return createTask(body, TaskOptions.defaults());
  }

  /**
   * Creates a task without a result, as {@link #createTask(Callable)} does, with a name, a context
   * and more.
   *
   * @param body what the task runs
   * @param options how
   * @return the task
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
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

  /** {@return who makes the tasks, if not the loop itself} */
  Optional<TaskFactory> taskFactory();

  /**
   * Returns the task whose step runs now: nothing between two steps and in callbacks. Callable from
   * any thread.
   *
   * @return the task, if one runs
   */
  Optional<Task<?>> currentTask();

  /**
   * {@return the tasks of this loop that are not done, at this moment} Callable from any thread.
   */
  Set<Task<?>> allTasks();

  /**
   * Runs blocking code on the default executor, outside the loop. The context does not go with it:
   * {@code Asyncio.toThread} takes it along. What the code throws is what the future fails with,
   * {@link CancelledError} included: such a future has failed and is not cancelled.
   *
   * @param body the blocking code
   * @param <T> the type of its result
   * @return its result to come; cancelling it keeps code from running that has not begun, but does
   *     not stop code that runs already. It is cancelled if the executor is shut down before the
   *     code could begin
   * @throws IllegalStateException if the loop is closed or its default executor was shut down
   */
  <T extends @Nullable Object> Future<T> runInExecutor(Callable<? extends T> body);

  /**
   * Runs blocking code on a given executor.
   *
   * @param executor runs the code
   * @param body the blocking code
   * @param <T> the type of its result
   * @return its result to come; cancelling it does not stop code that runs already
   * @throws IllegalStateException if the loop is closed
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses
   */
  <T extends @Nullable Object> Future<T> runInExecutor(
      Executor executor, Callable<? extends T> body);

  /**
   * Runs blocking code without a result on the default executor, as {@link
   * #runInExecutor(Callable)} does.
   *
   * @param body the blocking code
   * @return its end to come
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
   * @return its end to come; cancelling it does not stop code that runs already
   * @throws IllegalStateException if the loop is closed
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses
   */
  default Future<@Nullable Void> runInExecutor(
      Executor executor, ThrowingRunnable<? extends Exception> body) {
    return runInExecutor(executor, requireNonNull(body, "body").returningNull());
  }

  /**
   * Replaces the default executor: a virtual thread a call. The former one is not shut down.
   *
   * @param executor the new one; {@link #shutdownDefaultExecutor} and {@link #close()} will shut it
   *     down
   */
  void setDefaultExecutor(ExecutorService executor);

  /**
   * Shuts the default executor down and waits for its work to end, suspending the current task.
   *
   * @param timeout how long to wait; then its threads are interrupted and a warning is logged
   * @return whether all its work ended in time
   * @throws IllegalStateException if no task runs here
   */
  boolean shutdownDefaultExecutor(Duration timeout);

  /**
   * Sets who hears of errors that nobody waits for.
   *
   * @param handler the handler, or {@code null} for {@link #defaultExceptionHandler}
   */
  void setExceptionHandler(@Nullable ExceptionHandler handler);

  /** {@return who hears of errors that nobody waits for, if it was set} */
  Optional<ExceptionHandler> exceptionHandler();

  /**
   * Reports an error to the exception handler. Never throws: a handler that throws is itself
   * reported, to the log.
   *
   * @param report what happened
   */
  void callExceptionHandler(ErrorReport report);

  /**
   * What happens to a report when no handler is set: it is logged as an error by the logger {@code
   * org.asyncio4j}.
   *
   * @param report what happened
   */
  void defaultExceptionHandler(ErrorReport report);

  /**
   * Returns how much the loop has to do, and has done. On the loop's thread, or while the loop does
   * not run.
   *
   * @return a snapshot
   * @throws UnsupportedOperationException if the loop does not count; loops that extend the {@code
   *     BaseEventLoop} of the {@code spi} module do
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
   */
  default LoopStatistics statistics() {
    throw new UnsupportedOperationException("cannot count: %s has no statistics".formatted(this));
  }

  /** {@return whether debug mode is on} Callable from any thread. */
  boolean isDebug();

  /**
   * Turns debug mode on or off. In debug mode handles, futures and tasks remember where they were
   * created; a callback or step that takes longer than {@link #slowCallbackDuration()} is logged
   * while it runs, with its stack; so is one that is parked outside {@code await} and holds a loop
   * of the hand-off engine; and a task that returns a value although it was cancelled, without
   * {@link Task#uncancel()}, is reported to the exception handler.
   *
   * @param debug whether debug mode is on
   */
  void setDebug(boolean debug);

  /**
   * {@return how long a callback or a task's step may take before debug mode logs it; 100 ms at
   * first}
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
