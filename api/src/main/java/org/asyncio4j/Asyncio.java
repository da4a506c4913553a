package org.asyncio4j;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
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
import org.asyncio4j.core.ThrowingConsumer;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.internal.bootstrap.LoopBootstrap;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.bootstrap.RunningLoop;
import org.asyncio4j.internal.bridge.FutureBridge;
import org.asyncio4j.internal.stream.Streams;
import org.asyncio4j.internal.waiting.LimitedWait;
import org.asyncio4j.internal.waiting.WaitingPrimitives;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamPeer;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tasks.RaceResult;
import org.asyncio4j.tasks.ReturnWhen;
import org.asyncio4j.tasks.Timeout;
import org.asyncio4j.tasks.WaitResult;
import org.jspecify.annotations.Nullable;

/**
 * The functions that programs use most, modelled on Python's {@code asyncio} module.
 *
 * <pre>{@code
 * Asyncio.run(() -> {
 *   Task<String> left = Asyncio.createTask(() -> fetch("left"));
 *   Task<String> right = Asyncio.createTask(() -> fetch("right"));
 *   System.out.println(left.await() + right.await());
 * });
 * }</pre>
 */
public final class Asyncio {

  private Asyncio() {}

  /**
   * Runs a program: opens a loop, runs the body in a task, then cancels the tasks that are left and
   * closes the loop. The calling thread waits until that is done. Ctrl-C and SIGTERM cancel the
   * task, so that it can clean up; after SIGTERM the program exits with status 143 once the calling
   * thread has ended, or after 8 seconds. See {@link Runner} for details and {@link RunnerOptions}
   * for other choices.
   *
   * @param main the code to run
   * @param <T> the type of its result
   * @param <X> the type of the exception that it declares to throw
   * @return its result
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled, for instance by Ctrl-C or SIGTERM
   * @throws IllegalStateException if a loop is running on the calling thread, or no loop is
   *     available: the message lists the loops that were found and why each cannot be used
   */
  public static <T extends @Nullable Object, X extends Exception> T run(
      ThrowingCallable<? extends T, X> main) throws X {
    return run(main, RunnerOptions.defaults());
  }

  /**
   * Runs a program without a result, as {@link #run(ThrowingCallable)} does.
   *
   * @param main the code to run
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled
   * @throws IllegalStateException if a loop is running on the calling thread, or no loop is
   *     available
   */
  public static <X extends Exception> void run(ThrowingRunnable<X> main) throws X {
    run(main, RunnerOptions.defaults());
  }

  /**
   * Runs a program on the given kind of loop.
   *
   * @param main the code to run
   * @param options which loop to use, and how to run it
   * @param <T> the type of its result
   * @param <X> the type of the exception that it declares to throw
   * @return its result
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled
   * @throws IllegalStateException if a loop is running on the calling thread, or no loop is
   *     available
   */
  public static <T extends @Nullable Object, X extends Exception> T run(
      ThrowingCallable<? extends T, X> main, RunnerOptions options) throws X {
    requireNonNull(main, "main");
    Runner.ensureNoRunningLoop("Asyncio.run");
    try (Runner runner = Runner.create(options)) {
      return runner.run(main);
    }
  }

  /**
   * Runs a program without a result on the given kind of loop.
   *
   * @param main the code to run
   * @param options which loop to use, and how to run it
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled
   * @throws IllegalStateException if a loop is running on the calling thread, or no loop is
   *     available
   */
  public static <X extends Exception> void run(ThrowingRunnable<X> main, RunnerOptions options)
      throws X {
    requireNonNull(main, "main");
    Runner.ensureNoRunningLoop("Asyncio.run");
    try (Runner runner = Runner.create(options)) {
      runner.run(main);
    }
  }

  /**
   * Creates a task on the running loop and schedules its first step.
   *
   * @param body the code that the task runs
   * @param <T> the type of its result
   * @return the task; the loop holds it until it is done
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
    return runningLoop().createTask(body, TaskOptions.defaults());
  }

  /**
   * Creates a task without a result on the running loop.
   *
   * @param body the code that the task runs
   * @return the task; the loop holds it until it is done
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static Task<@Nullable Void> createTask(ThrowingRunnable<? extends Exception> body) {
    return createTask(body, TaskOptions.defaults());
  }

  /**
   * Creates a task on the running loop with a name, a context and more.
   *
   * @param body the code that the task runs
   * @param options the options of the task
   * @param <T> the type of its result
   * @return the task; the loop holds it until it is done
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static <T extends @Nullable Object> Task<T> createTask(
      Callable<? extends T> body, TaskOptions options) {
    return runningLoop().createTask(body, options);
  }

  /**
   * Creates a task without a result on the running loop with a name, a context and more.
   *
   * @param body the code that the task runs
   * @param options the options of the task
   * @return the task; the loop holds it until it is done
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static Task<@Nullable Void> createTask(
      ThrowingRunnable<? extends Exception> body, TaskOptions options) {
    return runningLoop().createTask(body, options);
  }

  /**
   * Returns a factory that starts every task of a loop eagerly ({@code eager_task_factory}), for
   * {@link EventLoop#setTaskFactory}. Callable from any thread.
   *
   * @return a factory of the loop's own tasks, with {@link TaskOptions#eagerStart()}; it throws
   *     {@link IllegalArgumentException} for a loop that has no built-in tasks
   */
  public static TaskFactory eagerTaskFactory() {
    return EagerTaskFactory.ofBuiltinTasks();
  }

  /**
   * Returns a factory that starts every task of another factory eagerly ({@code
   * create_eager_task_factory}). Callable from any thread.
   *
   * @param maker makes the tasks; it receives {@link TaskOptions#eagerStart()} for each
   * @return the factory
   */
  public static TaskFactory createEagerTaskFactory(TaskFactory maker) {
    return new EagerTaskFactory(maker);
  }

  /**
   * Returns the current task.
   *
   * @return the task; empty in a callback
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static Optional<Task<?>> currentTask() {
    return runningLoop().currentTask();
  }

  /**
   * Returns the tasks of the running loop that are currently not done.
   *
   * @return the tasks, the current one included
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static Set<Task<?>> allTasks() {
    return runningLoop().allTasks();
  }

  /**
   * Returns the running loop.
   *
   * @return the loop of the calling task or callback
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static EventLoop runningLoop() {
    return RunningLoop.require();
  }

  /**
   * Suspends the current task for a time. If the delay is zero or less, everything that is ready
   * runs once.
   *
   * @param delay the minimum time to wait
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if the caller is not a task
   */
  public static void sleep(Duration delay) {
    requireNonNull(delay, "delay");
    if (delay.isNegative() || delay.isZero()) {
      LoopBootstraps.get().yieldOnce();
      return;
    }
    EventLoop loop = runningLoop();
    Promise<@Nullable Void> elapsed = loop.createFuture();
    TimerHandle timer = loop.callLater(delay, () -> elapsed.trySetResult(null));
    try {
      elapsed.await();
    } finally {
      timer.cancel();
    }
  }

  /**
   * Runs blocking code on the loop's default executor, in a copy of the current context, and
   * suspends the current task until the code has ended. Cancelling the task does not stop the code.
   *
   * @param body the blocking code
   * @param <T> the type of its result
   * @param <X> the type of the exception that it declares to throw
   * @return its result
   * @throws X if the code throws it
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if the caller is not a task, or the executor was shut down
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
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the code throws it
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if the caller is not a task, or the executor was shut down
   */
  public static <X extends Exception> void toThread(ThrowingRunnable<X> body) throws X {
    toThread(requireNonNull(body, "body").returningNull());
  }

  /**
   * Runs a body in a task of a loop that runs on another thread. Callable from any thread.
   *
   * @param body the code that the task runs
   * @param loop the loop
   * @param <T> the type of its result
   * @return a future of the result; cancelling it cancels the task, and vice versa
   * @throws IllegalStateException if the loop is closed
   */
  public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
      Callable<? extends T> body, EventLoop loop) {
    return FutureBridge.submit(requireNonNull(loop, "loop"), requireNonNull(body, "body"));
  }

  /**
   * Runs a body without a result in a task of a loop that runs on another thread, as {@link
   * #runCoroutineThreadsafe(Callable, EventLoop)} does. Callable from any thread.
   *
   * @param body the code that the task runs
   * @param loop the loop
   * @return a future that is done when the task is; cancelling it cancels the task, and vice versa
   * @throws IllegalStateException if the loop is closed
   */
  public static CompletableFuture<@Nullable Void> runCoroutineThreadsafe(
      ThrowingRunnable<? extends Exception> body, EventLoop loop) {
    return runCoroutineThreadsafe(requireNonNull(body, "body").returningNull(), loop);
  }

  /**
   * Returns a future of the running loop that follows a {@link CompletionStage}, which may complete
   * on any thread. Cancelling the future cancels the stage, and vice versa: a stage that ends with
   * {@link java.util.concurrent.CancellationException} or {@link CancelledError} cancels the
   * future.
   *
   * @param stage the stage
   * @param <T> the type of its value
   * @return the future
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static <T extends @Nullable Object> Future<T> wrapFuture(CompletionStage<T> stage) {
    return wrapFuture(stage, runningLoop());
  }

  /**
   * Returns a future of a loop that follows a {@link CompletionStage}, as {@link
   * #wrapFuture(CompletionStage)} does. Callable on the loop's thread, or while the loop is not
   * running.
   *
   * @param stage the stage
   * @param loop the loop
   * @param <T> the type of its value
   * @return the future
   */
  public static <T extends @Nullable Object> Future<T> wrapFuture(
      CompletionStage<T> stage, EventLoop loop) {
    return FutureBridge.follow(requireNonNull(loop, "loop"), requireNonNull(stage, "stage"));
  }

  /**
   * Returns the kinds of event loops that were found: those that can be used here first, and by
   * descending priority. Callable from any thread.
   *
   * @return a description of each; empty if no loop is on the class path or module path
   */
  public static List<EventLoopInfo> eventLoops() {
    return LoopBootstraps.find().map(LoopBootstrap::eventLoops).orElse(List.of());
  }

  /**
   * Opens a loop: the one that {@code -Dasyncio4j.loop} names, or else the usable one with the
   * highest priority. Callable from any thread.
   *
   * @return a loop that the caller must close
   * @throws IllegalStateException if no loop is available, or two have the same priority: the
   *     message lists the loops that were found and why each cannot be used
   */
  public static EventLoop newEventLoop() {
    return LoopBootstraps.get().newEventLoop(Optional.empty(), Optional.empty());
  }

  /**
   * Opens a loop by name. Callable from any thread.
   *
   * @param name the name of its provider, for instance {@code nio} or {@code epoll}
   * @return a loop that the caller must close
   * @throws IllegalArgumentException if there are loops but none has that name; the message lists
   *     those that were found
   * @throws IllegalStateException if it cannot be used here, or there is no loop at all; the
   *     message says why
   */
  public static EventLoop newEventLoop(String name) {
    return LoopBootstraps.get()
        .newEventLoop(Optional.of(requireNonNull(name, "name")), Optional.empty());
  }

  // Waiting for several futures

  /**
   * Returns a future of the values of several futures ({@code asyncio.gather}). It completes when
   * all of them are done, or as soon as one fails or is cancelled. In that case it fails with the
   * same exception, which is a {@link CancelledError} if one was cancelled, although the result
   * itself is not cancelled. The other futures continue, and exceptions that they fail with later
   * count as retrieved.
   *
   * <p>Cancelling the result cancels each pending future once, and returns whether one of them
   * accepted the request. The result then fails with {@link CancelledError} when the first of them
   * is cancelled, and at the latest when all are done. To cancel the other futures when one fails,
   * cancel the result in a {@code catch} block.
   *
   * <p>Does not suspend. Callable on the thread of the futures' loop, or while that loop is not
   * running.
   *
   * @param futures the futures, of any implementation; one that occurs twice is waited for once
   * @param <T> the type of their values
   * @return a future of an unmodifiable list of the values, in the order of the futures; already
   *     done if all of them are, or if there are none
   * @throws IllegalArgumentException if the futures do not all belong to one loop, or not to the
   *     running one; nothing has happened
   * @throws IllegalStateException if there are no futures and no loop is running on the calling
   *     thread
   */
  public static <T extends @Nullable Object> Future<List<T>> gather(
      Collection<? extends Future<? extends T>> futures) {
    return WaitingPrimitives.gather(futures);
  }

  /**
   * Returns a future of the values of several futures, as {@link #gather(Collection)} does.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return a future of the values, in the order of the futures
   * @throws IllegalArgumentException if the futures do not all belong to one loop, or not to the
   *     running one
   * @throws IllegalStateException if there are no futures and no loop is running on the calling
   *     thread
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Future<List<T>> gather(
      Future<? extends T>... futures) {
    return WaitingPrimitives.gather(Arrays.asList(futures));
  }

  /**
   * Returns a future of the outcomes of several futures ({@code asyncio.gather} with {@code
   * return_exceptions=True}). It completes when all of them are done, and never fails because one
   * of them failed.
   *
   * <p>Cancelling the result cancels each pending future once, and returns whether one of them
   * accepted the request. The result then fails with {@link CancelledError}, but only when all of
   * them are done.
   *
   * <p>Does not suspend. Callable on the thread of the futures' loop, or while that loop is not
   * running.
   *
   * @param futures the futures, of any implementation; one that occurs twice is waited for once
   * @param <T> the type of their values
   * @return a future of an unmodifiable list of the outcomes, in the order of the futures; already
   *     done if all of them are, or if there are none
   * @throws IllegalArgumentException if the futures do not all belong to one loop, or not to the
   *     running one; nothing has happened
   * @throws IllegalStateException if there are no futures and no loop is running on the calling
   *     thread
   */
  public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
      Collection<? extends Future<? extends T>> futures) {
    return WaitingPrimitives.gatherOutcomes(futures);
  }

  /**
   * Returns a future of the outcomes of several futures, as {@link #gatherOutcomes(Collection)}
   * does.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return a future of the outcomes, in the order of the futures
   * @throws IllegalArgumentException if the futures do not all belong to one loop, or not to the
   *     running one
   * @throws IllegalStateException if there are no futures and no loop is running on the calling
   *     thread
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
      Future<? extends T>... futures) {
    return WaitingPrimitives.gatherOutcomes(Arrays.asList(futures));
  }

  /**
   * Suspends the current task until all futures are done ({@code asyncio.wait}), as {@link
   * #waitUntil(Collection, ReturnWhen)} does with {@link ReturnWhen#ALL_COMPLETED}.
   *
   * @param futures the futures
   * @param <T> the type of their values
   * @return a result in which all of them are done
   * @throws CancelledError if the task is cancelled while it waits; the futures are not cancelled
   * @throws IllegalArgumentException if there are no futures, or one belongs to another loop
   * @throws IllegalStateException if the caller is not a task
   */
  public static <T extends @Nullable Object> WaitResult<T> waitAll(
      Collection<? extends Future<? extends T>> futures) {
    return WaitingPrimitives.wait(futures, ReturnWhen.ALL_COMPLETED, null);
  }

  /**
   * Suspends the current task until enough futures are done ({@code asyncio.wait}), for one tick at
   * least. Never cancels a future, and never throws the exception that a future failed with.
   *
   * @param futures the futures, of any implementation; one that occurs twice is waited for once
   * @param returnWhen when to return; with {@link ReturnWhen#FIRST_EXCEPTION}, the exception of a
   *     failed future counts as retrieved
   * @param <T> the type of their values
   * @return the futures that are done, and those that are not
   * @throws CancelledError if the task is cancelled while it waits; the futures are not cancelled
   * @throws IllegalArgumentException if there are no futures, or one belongs to another loop
   * @throws IllegalStateException if the caller is not a task
   */
  public static <T extends @Nullable Object> WaitResult<T> waitUntil(
      Collection<? extends Future<? extends T>> futures, ReturnWhen returnWhen) {
    return WaitingPrimitives.wait(futures, returnWhen, null);
  }

  /**
   * Suspends the current task until enough futures are done, as {@link #waitUntil(Collection,
   * ReturnWhen)} does, or until the timeout has passed.
   *
   * @param futures the futures
   * @param returnWhen when to return
   * @param timeout the maximum time to wait; zero or less means one tick. A timeout is not an
   *     error: the result shows which futures are pending
   * @param <T> the type of their values
   * @return the futures that are done, and those that are not
   * @throws CancelledError if the task is cancelled while it waits; the futures are not cancelled
   * @throws IllegalArgumentException if there are no futures, or one belongs to another loop
   * @throws IllegalStateException if the caller is not a task
   */
  public static <T extends @Nullable Object> WaitResult<T> waitUntil(
      Collection<? extends Future<? extends T>> futures, ReturnWhen returnWhen, Duration timeout) {
    return WaitingPrimitives.wait(futures, returnWhen, requireNonNull(timeout, "timeout"));
  }

  /**
   * Returns futures in the order in which they complete ({@code asyncio.as_completed}, as an
   * asynchronous iterator).
   *
   * <pre>{@code
   * for (Future<Page> next : Asyncio.asCompleted(downloads)) {
   *   show(next.await());
   * }
   * }</pre>
   *
   * <p>The call itself does not suspend. The iterator's {@code next} suspends the current task
   * until another future is done, and throws {@link CancelledError} if the task is cancelled while
   * it waits. That does not cancel the futures, and the next call returns the next one that
   * completes. There is only one iterator, so a second {@code for} loop continues where the first
   * one stopped; it belongs to the loop's thread, and several tasks may share it. To limit the
   * time, put the {@code for} loop into a timeout.
   *
   * @param futures the futures, of any implementation; one that occurs twice is returned once
   * @param <T> the type of their values
   * @return the futures themselves; those that are already done come first, in the given order
   * @throws IllegalArgumentException if one belongs to another loop; nothing has happened
   * @throws IllegalStateException if the caller is not a task
   */
  public static <T extends @Nullable Object> Iterable<Future<T>> asCompleted(
      Collection<? extends Future<? extends T>> futures) {
    return WaitingPrimitives.asCompleted(futures);
  }

  /**
   * Protects a future from the cancellation of tasks that wait for it ({@code asyncio.shield}).
   *
   * <pre>{@code
   * Task<Void> saving = Asyncio.createTask(() -> save(document));
   * Asyncio.shield(saving).await(); // if this is cancelled, saving goes on
   * }</pre>
   *
   * <p>The result completes as the future does, with the same message if the future is cancelled.
   * Cancelling the result does not cancel the future; if the future fails afterwards, this is
   * reported to the loop's exception handler, only once even if the future was shielded several
   * times.
   *
   * <p>Does not suspend. Callable on the thread of the future's loop, or while that loop is not
   * running.
   *
   * @param future the future, of any implementation
   * @param <T> the type of its value
   * @return another future; the same one if it is done
   * @throws IllegalArgumentException if it does not belong to the running loop
   */
  public static <T extends @Nullable Object> Future<T> shield(Future<T> future) {
    return WaitingPrimitives.shield(future);
  }

  /**
   * Tries attempts one after the other until one succeeds, each after the previous one has failed:
   * {@link #staggeredRace(List, Duration)} without a delay.
   *
   * @param attempts the attempts
   * @param <T> the type of the value
   * @return the winner, and the outcomes of the others
   * @throws CancelledError if the current task is cancelled while it waits
   * @throws IllegalStateException if the caller is not a task
   */
  public static <T extends @Nullable Object> RaceResult<T> staggeredRace(
      List<? extends Callable<? extends T>> attempts) {
    return WaitingPrimitives.staggeredRace(attempts, null);
  }

  /**
   * Races attempts against each other, each in a task of its own, and suspends the current task
   * until the race is over ({@code staggered_race}, which asyncio uses to connect). The next
   * attempt starts when the previous one has failed or was cancelled, or when the delay has passed
   * since the previous one started. The first to succeed wins; the others are cancelled, and all
   * have ended when this method returns or throws.
   *
   * <p>If the current task is cancelled, the attempts are cancelled too, and a value that one of
   * them has already returned is dropped.
   *
   * @param attempts the attempts, in the order in which they start
   * @param delay the time between the starts of two attempts; zero starts one per tick
   * @param <T> the type of the value
   * @return the winner, and the outcomes of the attempts that were started; no winner if all failed
   *     or there are none
   * @throws CancelledError if the current task is cancelled while it waits
   * @throws IllegalArgumentException if the delay is negative
   * @throws IllegalStateException if the caller is not a task
   */
  public static <T extends @Nullable Object> RaceResult<T> staggeredRace(
      List<? extends Callable<? extends T>> attempts, Duration delay) {
    return WaitingPrimitives.staggeredRace(attempts, requireNonNull(delay, "delay"));
  }

  // Time limits

  /**
   * Runs a block in the current task; when the time is up, the block is cancelled at the point
   * where it waits. A blocking call of the JDK is interrupted. {@link Timeout} describes which
   * calls are interrupted, what the hand-off engine does, and how a block may handle its
   * cancellation.
   *
   * <pre>{@code
   * String page = Asyncio.timeout(Duration.ofSeconds(5), () -> fetch(url));
   * }</pre>
   *
   * @param limit how long the block may take; zero or less ends it where it first waits; the
   *     duration of {@link java.time.temporal.ChronoUnit#FOREVER} means no limit
   * @param block the block
   * @param <T> the type of its result
   * @param <X> the type of the exception that it declares to throw
   * @return its result
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block propagated the cancellation, or the
   *     exception of an interrupted blocking call, which is then its cause
   * @throws CancelledError if the task was cancelled, but not by this limit
   * @throws IllegalStateException if the caller is not a task
   */
  public static <T extends @Nullable Object, X extends Exception> T timeout(
      Duration limit, ThrowingCallable<? extends T, X> block) throws X, TimeoutException {
    return Timeout.after(limit).<T, X>call(block);
  }

  /**
   * Runs a block without a result, as {@link #timeout(Duration, ThrowingCallable)} does.
   *
   * @param limit how long the block may take
   * @param block the block
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block propagated the cancellation, or the
   *     exception of an interrupted blocking call, which is then its cause
   * @throws CancelledError if the task was cancelled, but not by this limit
   * @throws IllegalStateException if the caller is not a task
   */
  public static <X extends Exception> void timeout(Duration limit, ThrowingRunnable<X> block)
      throws X, TimeoutException {
    Timeout.after(limit).run(block);
  }

  /**
   * Runs a block without a result that may change its own limit, as {@link #timeout(Duration,
   * ThrowingCallable)} does. For a block with a result use {@code Timeout.after(limit).call(t ->
   * ...)}.
   *
   * @param limit how long the block may take at first
   * @param block receives the limit, to {@linkplain Timeout#reschedule(Duration) reschedule} it
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block propagated the cancellation, or the
   *     exception of an interrupted blocking call, which is then its cause
   * @throws CancelledError if the task was cancelled, but not by this limit
   * @throws IllegalStateException if the caller is not a task
   */
  public static <X extends Exception> void timeout(
      Duration limit, ThrowingConsumer<Timeout, X> block) throws X, TimeoutException {
    Timeout.after(limit).run(block);
  }

  /**
   * Runs a block up to a point in the loop's time, as {@link #timeout(Duration, ThrowingCallable)}
   * does.
   *
   * @param when nanoseconds of the loop's time; {@link Timeout#NEVER} means no limit
   * @param block the block
   * @param <T> the type of its result
   * @param <X> the type of the exception that it declares to throw
   * @return its result
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block propagated the cancellation, or the
   *     exception of an interrupted blocking call, which is then its cause
   * @throws CancelledError if the task was cancelled, but not by this limit
   * @throws IllegalStateException if the caller is not a task
   */
  public static <T extends @Nullable Object, X extends Exception> T timeoutAt(
      long when, ThrowingCallable<? extends T, X> block) throws X, TimeoutException {
    return Timeout.at(when).<T, X>call(block);
  }

  /**
   * Runs a block without a result up to a point in the loop's time.
   *
   * @param when nanoseconds of the loop's time; {@link Timeout#NEVER} means no limit
   * @param block the block
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block propagated the cancellation, or the
   *     exception of an interrupted blocking call, which is then its cause
   * @throws CancelledError if the task was cancelled, but not by this limit
   * @throws IllegalStateException if the caller is not a task
   */
  public static <X extends Exception> void timeoutAt(long when, ThrowingRunnable<X> block)
      throws X, TimeoutException {
    Timeout.at(when).run(block);
  }

  /**
   * Runs a block without a result that may change its own limit up to a point in the loop's time.
   * For a block with a result use {@code Timeout.at(when).call(t -> ...)}.
   *
   * @param when nanoseconds of the loop's time; {@link Timeout#NEVER} means no limit
   * @param block receives the limit, to {@linkplain Timeout#reschedule(long) reschedule} it
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the block throws it
   * @throws TimeoutException if the time was up and the block propagated the cancellation, or the
   *     exception of an interrupted blocking call, which is then its cause
   * @throws CancelledError if the task was cancelled, but not by this limit
   * @throws IllegalStateException if the caller is not a task
   */
  public static <X extends Exception> void timeoutAt(long when, ThrowingConsumer<Timeout, X> block)
      throws X, TimeoutException {
    Timeout.at(when).run(block);
  }

  /**
   * Waits for a future, and cancels it when the time is up. If the future is a task, this call then
   * also waits until the task has ended: the task may clean up, and if it ignores the cancellation
   * and returns a value, that value is the result.
   *
   * <p>If the future is done when the time is up, its result is returned, even if both happened in
   * the same tick. (asyncio drops the result in that case.)
   *
   * @param future a future of this loop
   * @param limit how long to wait; if it is zero or less, the future must already be done, and a
   *     task that has not begun never runs
   * @param <T> the type of its value
   * @return its value; if the future failed, its exception is thrown unchanged
   * @throws TimeoutException if the future was not done in time; it was cancelled and has ended as
   *     cancelled, or has failed with a {@code CancelledError}, as a gathering does
   * @throws CancelledError if the future ends as cancelled before the time is up, or the current
   *     task is cancelled
   * @throws IllegalStateException if the caller is not a task, or the future belongs to another
   *     loop
   */
  public static <T extends @Nullable Object> T waitFor(Future<T> future, Duration limit)
      throws TimeoutException {
    return LimitedWait.await(future, limit);
  }

  // Streams

  /**
   * Connects to a TCP server, suspending the current task ({@code asyncio.open_connection}).
   *
   * <pre>{@code
   * try (StreamConnection connection = Asyncio.openConnection("example.org", 7)) {
   *   connection.writer().write("hello\n", UTF_8);
   *   System.out.println(connection.reader().readTextLine(UTF_8).orElse("nothing"));
   * }
   * }</pre>
   *
   * @param host a name or a literal address
   * @param port the port, 1 to 65535
   * @return the streams, which the caller must close
   * @throws IOException if the host is unknown or no connection to any address succeeded
   * @throws CancelledError if the task is cancelled while it waits; nothing is left open
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support connecting
   */
  public static StreamConnection openConnection(String host, int port) throws IOException {
    return openConnection(ConnectOptions.to(host, port));
  }

  /**
   * Connects to a TCP server, as {@link #openConnection(String, int)} does.
   *
   * @param destination the destination and the options of the connection
   * @return the streams, which the caller must close
   * @throws IOException if the host is unknown or no connection to any address succeeded
   * @throws CancelledError if the task is cancelled while it waits; nothing is left open
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support connecting
   */
  public static StreamConnection openConnection(ConnectOptions destination) throws IOException {
    return openConnection(destination, StreamOptions.defaults());
  }

  /**
   * Connects to a TCP server, as {@link #openConnection(String, int)} does.
   *
   * @param destination the destination and the options of the connection
   * @param options how the streams behave
   * @return the streams, which the caller must close
   * @throws IOException if the host is unknown or no connection to any address succeeded
   * @throws CancelledError if the task is cancelled while it waits; nothing is left open
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support connecting
   */
  public static StreamConnection openConnection(ConnectOptions destination, StreamOptions options)
      throws IOException {
    return Streams.openConnection(runningLoop(), destination, options);
  }

  /**
   * Serves TCP clients, each in a task of its own ({@code asyncio.start_server}). Suspends the
   * current task until the server listens.
   *
   * <pre>{@code
   * Server server = Asyncio.startServer(this::handle, "127.0.0.1", 8007);
   * server.serveForever();
   * }</pre>
   *
   * @param handler handles a client; {@link ClientHandler} describes how its connection ends
   * @param host a name or a literal address
   * @param port the port, or 0 for one that the system chooses
   * @return the server
   * @throws IOException if the host is unknown or an address cannot be bound
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support servers
   */
  public static Server startServer(ClientHandler handler, String host, int port)
      throws IOException {
    return startServer(handler, ServerOptions.on(host, port));
  }

  /**
   * Serves TCP clients, as {@link #startServer(ClientHandler, String, int)} does.
   *
   * @param handler handles a client
   * @param place the address and the options of the server
   * @return the server
   * @throws IOException if a host is unknown or an address cannot be bound
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support servers
   */
  public static Server startServer(ClientHandler handler, ServerOptions place) throws IOException {
    return startServer(handler, place, StreamOptions.defaults());
  }

  /**
   * Serves TCP clients, as {@link #startServer(ClientHandler, String, int)} does.
   *
   * @param handler handles a client
   * @param place the address and the options of the server
   * @param options how the streams behave
   * @return the server
   * @throws IOException if a host is unknown or an address cannot be bound
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support servers
   */
  public static Server startServer(
      ClientHandler handler, ServerOptions place, StreamOptions options) throws IOException {
    return Streams.startServer(runningLoop(), handler, place, options);
  }

  /**
   * Connects to a server on a socket file, suspending the current task ({@code
   * asyncio.open_unix_connection}).
   *
   * @param path the file
   * @return the streams, which the caller must close
   * @throws IOException if the connection failed; the message names the path
   * @throws CancelledError if the task is cancelled while it waits; nothing is left open
   * @throws IllegalArgumentException if the path is empty or does not belong to the default file
   *     system
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix sockets
   */
  public static StreamConnection openUnixConnection(Path path) throws IOException {
    return openUnixConnection(UnixConnectOptions.to(path));
  }

  /**
   * Connects to a server on a Unix socket, as {@link #openUnixConnection(Path)} does.
   *
   * @param destination the destination and the options of the connection
   * @return the streams, which the caller must close
   * @throws IOException if the connection failed; the message names the address
   * @throws CancelledError if the task is cancelled while it waits; nothing is left open
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix sockets, or not those
   *     without files
   */
  public static StreamConnection openUnixConnection(UnixConnectOptions destination)
      throws IOException {
    return openUnixConnection(destination, StreamOptions.defaults());
  }

  /**
   * Connects to a server on a Unix socket, as {@link #openUnixConnection(Path)} does.
   *
   * @param destination the destination and the options of the connection
   * @param options how the streams behave
   * @return the streams, which the caller must close
   * @throws IOException if the connection failed; the message names the address
   * @throws CancelledError if the task is cancelled while it waits; nothing is left open
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix sockets, or not those
   *     without files
   */
  public static StreamConnection openUnixConnection(
      UnixConnectOptions destination, StreamOptions options) throws IOException {
    return Streams.openUnixConnection(runningLoop(), destination, options);
  }

  /**
   * Serves clients on a socket file, each in a task of its own ({@code asyncio.start_unix_server}).
   * An existing socket file is replaced; closing the server deletes the file.
   *
   * @param handler handles a client; {@link ClientHandler} describes how its connection ends
   * @param path the file, which the server creates
   * @return the server
   * @throws IOException if the file cannot be bound; the message names it
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalArgumentException if the path is empty or does not belong to the default file
   *     system
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix sockets
   */
  public static Server startUnixServer(ClientHandler handler, Path path) throws IOException {
    return startUnixServer(handler, UnixServerOptions.on(path));
  }

  /**
   * Serves clients on a Unix socket, as {@link #startUnixServer(ClientHandler, Path)} does.
   *
   * @param handler handles a client
   * @param place the address and the options of the server
   * @return the server
   * @throws IOException if the address cannot be bound; the message names it
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix sockets, or not those
   *     without files
   */
  public static Server startUnixServer(ClientHandler handler, UnixServerOptions place)
      throws IOException {
    return startUnixServer(handler, place, StreamOptions.defaults());
  }

  /**
   * Serves clients on a Unix socket, as {@link #startUnixServer(ClientHandler, Path)} does.
   *
   * @param handler handles a client
   * @param place the address and the options of the server
   * @param options how the streams behave
   * @return the server
   * @throws IOException if the address cannot be bound; the message names it
   * @throws CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix sockets, or not those
   *     without files
   */
  public static Server startUnixServer(
      ClientHandler handler, UnixServerOptions place, StreamOptions options) throws IOException {
    return Streams.startUnixServer(runningLoop(), handler, place, options);
  }

  /**
   * Opens the other end of a connection without a socket ({@code StreamReader.feed_data}), for
   * tests of code that reads and writes streams. Does not suspend.
   *
   * @return the other end, which feeds a reader and takes what a writer writes
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static StreamPeer openStreamPeer() {
    return openStreamPeer(StreamOptions.defaults());
  }

  /**
   * Opens the other end of a connection that has no socket, as {@link #openStreamPeer()} does.
   *
   * @param options how the streams behave
   * @return the other end, which feeds a reader and takes what a writer writes
   * @throws IllegalStateException if no loop is running on the calling thread
   */
  public static StreamPeer openStreamPeer(StreamOptions options) {
    return Streams.openPeer(runningLoop(), options);
  }
}
