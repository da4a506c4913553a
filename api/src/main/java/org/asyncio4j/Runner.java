package org.asyncio4j;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.ThrowingCallable;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.jspecify.annotations.Nullable;

/**
 * One loop for several runs: {@code asyncio.Runner}. The loop is opened by the first run; all runs
 * share one {@link Context}. Not thread-safe: one thread at a time uses a runner.
 *
 * <p>While a run lasts, the first Ctrl-C cancels its main task, so that it can clean up, and the
 * second ends the program with exit status 130.
 */
public final class Runner implements AutoCloseable {

  private static final Duration EXECUTOR_SHUTDOWN_TIMEOUT = Duration.ofMinutes(5);
  private static final int EXIT_BY_INTERRUPT = 130;

  private final RunnerOptions options;
  private @Nullable EventLoop loop;
  private @Nullable Context context;
  private boolean closed;

  private Runner(RunnerOptions options) {
    this.options = options;
  }

  /** {@return a runner on any loop} */
  public static Runner create() {
    return create(RunnerOptions.defaults());
  }

  /**
   * Creates a runner.
   *
   * @param options which loop, and how
   * @return the runner, which must be closed
   */
  public static Runner create(RunnerOptions options) {
    return new Runner(requireNonNull(options, "options"));
  }

  /**
   * Returns the runner's loop, which is opened if it was not yet.
   *
   * @return the loop; the runner will close it
   * @throws IllegalStateException if the runner is closed or no loop can be had
   */
  public EventLoop loop() {
    if (closed) {
      throw new IllegalStateException("runner must be open but was closed; create another");
    }
    EventLoop opened = loop;
    if (opened == null) {
      opened =
          options
              .loopFactory()
              .map(factory -> requireNonNull(factory.get(), "loopFactory returned null"))
              .orElseGet(Asyncio::newEventLoop);
      options.debug().ifPresent(opened::setDebug);
      loop = opened;
      context = Context.copyCurrent();
    }
    return opened;
  }

  /**
   * Runs a body in a task, until that task is done; the calling thread waits meanwhile. Other tasks
   * that it leaves behind go on in the next run, or are cancelled by {@link #close()}.
   *
   * @param main what to run
   * @param <T> the type of its result
   * @param <X> what it declares to throw
   * @return its result
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled, for instance by Ctrl-C
   * @throws IllegalStateException if the runner is closed, or a loop runs on the calling thread
   */
  public <T extends @Nullable Object, X extends Exception> T run(
      ThrowingCallable<? extends T, X> main) throws X {
    requireNonNull(main, "main");
    Asyncio.ensureNoRunningLoop("Runner.run");
    EventLoop running = loop();
    Callable<T> body = main::call;
    TaskOptions taskOptions =
        TaskOptions.defaults().withContext(requireNonNull(context, "context"));
    Task<T> task = running.createTask(body, taskOptions);
    Runnable restore = () -> {};
    if (options.cancelOnInterrupt()) {
      AtomicInteger count = new AtomicInteger();
      restore = LoopBootstraps.get().onInterruptSignal(() -> interrupt(task, count));
    }
    try {
      return running.runUntilComplete(task);
    } finally {
      restore.run();
    }
  }

  /**
   * Runs a body without a result, as {@link #run(ThrowingCallable)} does.
   *
   * @param main what to run
   * @param <X> what it declares to throw
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled
   * @throws IllegalStateException if the runner is closed, or a loop runs on the calling thread
   */
  public <X extends Exception> void run(ThrowingRunnable<X> main) throws X {
    requireNonNull(main, "main");
    ThrowingCallable<@Nullable Void, X> body =
        () -> {
          main.run();
          return null;
        };
    run(body);
  }

  /**
   * Cancels the tasks that are left and waits for them, reports what they fail with to the
   * exception handler, waits up to five minutes for the default executor, and closes the loop.
   * Closing a closed runner does nothing.
   */
  @Override
  public void close() {
    closed = true;
    EventLoop opened = loop;
    if (opened == null || opened.isClosed()) {
      return;
    }
    try (opened) {
      opened.runUntilComplete(
          opened.createTask(() -> shutDown(opened), TaskOptions.named("runner-shutdown")));
    }
  }

  private static @Nullable Void shutDown(EventLoop loop) {
    List<Task<?>> left = new ArrayList<>(loop.allTasks());
    loop.currentTask().ifPresent(left::remove);
    for (Task<?> task : left) {
      task.cancel();
    }
    for (Task<?> task : left) {
      try {
        task.await();
      } catch (CancelledError expected) {
        // That is what was asked for.
      } catch (Throwable thrown) {
        loop.callExceptionHandler(
            ErrorReport.of("unhandled exception while the runner was closing")
                .withException(thrown)
                .withFuture(task));
      }
    }
    loop.shutdownDefaultExecutor(EXECUTOR_SHUTDOWN_TIMEOUT);
    return null;
  }

  private static void interrupt(Task<?> task, AtomicInteger count) {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().exit(EXIT_BY_INTERRUPT);
    }
    task.cancelThreadsafe("interrupted by Ctrl-C");
  }
}
