package org.asyncio4j;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.EventLoopInfo;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.ThrowingCallable;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.internal.bootstrap.LoopBootstrap;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.bridge.FutureBridge;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/**
 * What programs use most: the functions of Python's {@code asyncio} module.
 *
 * <pre>{@code
 * Asyncio.run(() -> {
 *   Task<String> left = Asyncio.createTask(() -> fetch("left"));
 *   Task<String> right = Asyncio.createTask(() -> fetch("right"));
 *   System.out.println(left.await() + right.await());
 * });
 * }</pre>
 */
// The superclass is part of this class, cut off only because the whole would be too long to read.
public final class Asyncio extends WaitingFunctions {

  private Asyncio() {}

  /**
   * Runs a program: opens a loop, runs the body in a task, then cancels what it left behind and
   * closes the loop. The calling thread waits meanwhile. Ctrl-C and SIGTERM cancel the task, so
   * that it can clean up; after SIGTERM the program exits with status 143 when the calling thread
   * has ended, or after 8 seconds: see {@link Runner}, and {@link RunnerOptions} for other choices.
   *
   * @param main what to run
   * @param <T> the type of its result
   * @param <X> what it declares to throw
   * @return its result
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled, for instance by Ctrl-C or SIGTERM
   * @throws IllegalStateException if a loop runs on the calling thread, or no loop can be had: the
   *     message lists the loops that were found and why each cannot be used
   */
  public static <T extends @Nullable Object, X extends Exception> T run(
      ThrowingCallable<? extends T, X> main) throws X {
    return run(main, RunnerOptions.defaults());
  }

  /**
   * Runs a program without a result, as {@link #run(ThrowingCallable)} does.
   *
   * @param main what to run
   * @param <X> what it declares to throw
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled
   * @throws IllegalStateException if a loop runs on the calling thread, or no loop can be had
   */
  public static <X extends Exception> void run(ThrowingRunnable<X> main) throws X {
    run(main, RunnerOptions.defaults());
  }

  /**
   * Runs a program on a loop of choice.
   *
   * @param main what to run
   * @param options which loop, and how
   * @param <T> the type of its result
   * @param <X> what it declares to throw
   * @return its result
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled
   * @throws IllegalStateException if a loop runs on the calling thread, or no loop can be had
   */
  public static <T extends @Nullable Object, X extends Exception> T run(
      ThrowingCallable<? extends T, X> main, RunnerOptions options) throws X {
    requireNonNull(main, "main");
    ensureNoRunningLoop("Asyncio.run");
    try (Runner runner = Runner.create(options)) {
      return runner.run(main);
    }
  }

  /**
   * Runs a program without a result on a loop of choice.
   *
   * @param main what to run
   * @param options which loop, and how
   * @param <X> what it declares to throw
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled
   * @throws IllegalStateException if a loop runs on the calling thread, or no loop can be had
   */
  public static <X extends Exception> void run(ThrowingRunnable<X> main, RunnerOptions options)
      throws X {
    requireNonNull(main, "main");
    ensureNoRunningLoop("Asyncio.run");
    try (Runner runner = Runner.create(options)) {
      runner.run(main);
    }
  }

  /**
   * Creates a task on the running loop and schedules its first step.
   *
   * @param body what the task runs
   * @param <T> the type of its result
   * @return the task; the loop holds it until it is done
   * @throws IllegalStateException if no loop runs here
   */
  public static <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
    return runningLoop().createTask(body, TaskOptions.defaults());
  }

  /**
   * Creates a task without a result on the running loop.
   *
   * @param body what the task runs
   * @return the task; the loop holds it until it is done
   * @throws IllegalStateException if no loop runs here
   */
  public static Task<@Nullable Void> createTask(ThrowingRunnable<? extends Exception> body) {
    return createTask(body, TaskOptions.defaults());
  }

  /**
   * Creates a task on the running loop with a name, a context and more.
   *
   * @param body what the task runs
   * @param options how
   * @param <T> the type of its result
   * @return the task; the loop holds it until it is done
   * @throws IllegalStateException if no loop runs here
   */
  public static <T extends @Nullable Object> Task<T> createTask(
      Callable<? extends T> body, TaskOptions options) {
    return runningLoop().createTask(body, options);
  }

  /**
   * Creates a task without a result on the running loop with a name, a context and more.
   *
   * @param body what the task runs
   * @param options how
   * @return the task; the loop holds it until it is done
   * @throws IllegalStateException if no loop runs here
   */
  public static Task<@Nullable Void> createTask(
      ThrowingRunnable<? extends Exception> body, TaskOptions options) {
    requireNonNull(body, "body");
    Callable<@Nullable Void> callable =
        () -> {
          body.run();
          return null;
        };
    return runningLoop().createTask(callable, options);
  }

  /**
   * Returns a factory that has every task of a loop start eagerly ({@code eager_task_factory}), for
   * {@link EventLoop#setTaskFactory}. Callable from any thread.
   *
   * @return makes the loop's own tasks, with {@link TaskOptions#eagerStart()}; it throws {@link
   *     IllegalArgumentException} for a loop that has no built-in tasks
   */
  public static TaskFactory eagerTaskFactory() {
    return EagerTaskFactory.ofBuiltinTasks();
  }

  /**
   * Returns a factory that has every task of another factory start eagerly ({@code
   * create_eager_task_factory}). Callable from any thread.
   *
   * @param maker makes the tasks; it hears of {@link TaskOptions#eagerStart()} for each
   * @return the factory
   */
  public static TaskFactory createEagerTaskFactory(TaskFactory maker) {
    return new EagerTaskFactory(maker);
  }

  /**
   * Returns the task that runs here.
   *
   * @return the task; nothing in a callback
   * @throws IllegalStateException if no loop runs here
   */
  public static Optional<Task<?>> currentTask() {
    return runningLoop().currentTask();
  }

  /**
   * Returns the tasks of the running loop that are not done, at this moment.
   *
   * @return the tasks, the current one included
   * @throws IllegalStateException if no loop runs here
   */
  public static Set<Task<?>> allTasks() {
    return runningLoop().allTasks();
  }

  /**
   * Returns the loop that runs here.
   *
   * @return the loop of the task or callback that calls
   * @throws IllegalStateException if no loop runs here
   */
  public static EventLoop runningLoop() {
    EventLoop loop = LoopBootstraps.get().runningLoop();
    if (loop == null) {
      throw new IllegalStateException(
          "a loop must run here but %s belongs to none; call this in a task or a callback, or pass the loop"
              .formatted(Described.currentThread()));
    }
    return loop;
  }

  /**
   * Suspends the current task. A delay of zero or less lets everything that is ready run once.
   *
   * @param delay for how long, at least
   * @throws CancelledError if the task is cancelled meanwhile
   * @throws IllegalStateException if no task runs here
   */
  public static void sleep(Duration delay) {
    requireNonNull(delay, "delay");
    if (delay.isNegative() || delay.isZero()) {
      LoopBootstraps.get().yieldOnce();
      return;
    }
    EventLoop loop = runningLoop();
    Promise<@Nullable Void> elapsed = loop.createFuture();
    TimerHandle timer = loop.callLater(delay, () -> finish(elapsed));
    try {
      elapsed.await();
    } finally {
      timer.cancel();
    }
  }

  /**
   * Runs blocking code on the loop's default executor, in a copy of the current context, and
   * suspends the current task until it has ended. Cancelling the task does not stop the code.
   *
   * @param body the blocking code
   * @param <T> the type of its result
   * @param <X> what it declares to throw
   * @return its result
   * @throws X if the code throws it
   * @throws CancelledError if the task is cancelled meanwhile
   * @throws IllegalStateException if no task runs here, or the executor was shut down
   */
  @SuppressWarnings("RedundantThrows") // await() throws what the body declares to throw
  public static <T extends @Nullable Object, X extends Exception> T toThread(
      ThrowingCallable<? extends T, X> body) throws X {
    requireNonNull(body, "body");
    Context context = Context.copyCurrent();
    Callable<T> inContext = () -> context.<T, X>run(body);
    return runningLoop().<T>runInExecutor(inContext).await();
  }

  /**
   * Runs blocking code without a result, as {@link #toThread(ThrowingCallable)} does.
   *
   * @param body the blocking code
   * @param <X> what it declares to throw
   * @throws X if the code throws it
   * @throws CancelledError if the task is cancelled meanwhile
   * @throws IllegalStateException if no task runs here, or the executor was shut down
   */
  public static <X extends Exception> void toThread(ThrowingRunnable<X> body) throws X {
    requireNonNull(body, "body");
    ThrowingCallable<@Nullable Void, X> callable =
        () -> {
          body.run();
          return null;
        };
    toThread(callable);
  }

  /**
   * Runs a body in a task of a loop that runs on another thread. Callable from any thread.
   *
   * @param body what the task runs
   * @param loop the loop
   * @param <T> the type of its result
   * @return its result to come; cancelling it cancels the task, and the reverse
   * @throws IllegalStateException if the loop is closed
   */
  public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
      Callable<? extends T> body, EventLoop loop) {
    return FutureBridge.submit(requireNonNull(loop, "loop"), requireNonNull(body, "body"));
  }

  /**
   * Makes a future of the running loop that follows a {@link CompletionStage}, which may complete
   * on any thread. Cancelling the future cancels the stage, and the reverse: a stage that ends with
   * {@link java.util.concurrent.CancellationException} or {@link CancelledError} cancels the
   * future.
   *
   * @param stage the stage
   * @param <T> the type of its value
   * @return the future
   * @throws IllegalStateException if no loop runs here
   */
  public static <T extends @Nullable Object> Future<T> wrapFuture(CompletionStage<T> stage) {
    return FutureBridge.follow(runningLoop(), requireNonNull(stage, "stage"));
  }

  /**
   * Returns the kinds of event loops that were found, those that work here first, the highest
   * priority first. Callable from any thread.
   *
   * @return what is known of each; empty if no loop is on the class path or module path
   */
  public static List<EventLoopInfo> eventLoops() {
    return LoopBootstraps.find().map(LoopBootstrap::eventLoops).orElse(List.of());
  }

  /**
   * Opens a loop: the one that {@code -Dasyncio4j.loop} names, or that of the highest priority
   * among those that work here. Callable from any thread.
   *
   * @return a loop that the caller must close
   * @throws IllegalStateException if no loop can be had, or two have the same priority: the message
   *     lists the loops that were found and why each cannot be used
   */
  public static EventLoop newEventLoop() {
    return LoopBootstraps.get().newEventLoop(Optional.empty());
  }

  /**
   * Opens a loop by name. Callable from any thread.
   *
   * @param name the name of its provider, for instance {@code nio} or {@code epoll}
   * @return a loop that the caller must close
   * @throws IllegalArgumentException if there are loops but none of that name; the message lists
   *     those that were found
   * @throws IllegalStateException if it cannot be used here, or there is no loop at all; the
   *     message says why
   */
  public static EventLoop newEventLoop(String name) {
    return LoopBootstraps.get().newEventLoop(Optional.of(requireNonNull(name, "name")));
  }

  static void ensureNoRunningLoop(String method) {
    EventLoop running = LoopBootstraps.get().runningLoop();
    if (running != null) {
      throw new IllegalStateException(
          "%s must not be called on the thread of a running loop but was called on that of %s; await a task instead"
              .formatted(method, running));
    }
  }

  private static void finish(Promise<@Nullable Void> elapsed) {
    if (!elapsed.isDone()) {
      elapsed.setResult(null);
    }
  }
}
