package org.asyncio4j;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Set;
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
import org.asyncio4j.internal.termination.TerminableRunner;
import org.asyncio4j.internal.termination.Termination;
import org.asyncio4j.tasks.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Runs several bodies on one loop: {@code asyncio.Runner}. The first run opens the loop; all runs
 * share one {@link Context}. Not thread-safe: only one thread may use a runner at a time.
 *
 * <p>While a run lasts, the first Ctrl-C cancels its main task, so that it can clean up, and the
 * second ends the program with exit status 130.
 *
 * <p>From the time its loop is opened until the runner is closed, the first SIGTERM cancels the
 * main task. If it arrives between two runs, it cancels the next main task before that begins. The
 * thread that uses the runner may then finish its {@code finally} blocks and the code after the
 * run. When that thread has ended, or after the {@linkplain RunnerOptions#terminationLimit()
 * limit}, the program exits with status 143 and runs its shutdown hooks. If the limit has passed, a
 * warning says what the main task waits for. A second SIGTERM exits at once. If there are several
 * runners, all of them are cancelled and waited for. A thread that never ends, such as a pool
 * thread, uses up the limit. (asyncio does not handle SIGTERM.)
 *
 * <p>If the program has installed its own handler for either signal, that handler stays in place.
 * The signals of a JVM that was started with {@code -Xrs} are not handled either.
 */
public final class Runner implements AutoCloseable {

  private static final Duration EXECUTOR_SHUTDOWN_TIMEOUT = Duration.ofMinutes(5);
  private static final int EXIT_BY_INTERRUPT = 130;

  private final RunnerOptions options;
  private @Nullable EventLoop loop;
  private @Nullable Context context;
  private @Nullable TerminableRunner termination;
  private boolean closed;

  private Runner(RunnerOptions options) {
    this.options = options;
  }

  /** {@return a runner with the default options} */
  public static Runner create() {
    return create(RunnerOptions.defaults());
  }

  /**
   * Creates a runner.
   *
   * @param options which loop to use, and how to run it
   * @return the runner, which must be closed
   */
  public static Runner create(RunnerOptions options) {
    return new Runner(requireNonNull(options, "options"));
  }

  /**
   * Returns the runner's loop, and opens it if necessary.
   *
   * @return the loop, which the runner closes
   * @throws IllegalStateException if the runner is closed or no loop is available
   */
  public EventLoop loop() {
    if (closed) {
      throw new IllegalStateException("cannot use this runner: it is closed; create another");
    }
    EventLoop opened = loop;
    if (opened == null) {
      opened = openLoop();
      options.debug().ifPresent(opened::setDebug);
      loop = opened;
      context = Context.copyCurrent();
      if (options.cancelOnTermination()) {
        termination = Termination.ofProcess().watch(options.terminationLimit());
      }
    }
    return opened;
  }

  /**
   * Runs a body in a task; the calling thread waits until the task is done. Other tasks that are
   * still pending continue in the next run, or are cancelled by {@link #close()}.
   *
   * @param main the code to run
   * @param <T> the type of its result
   * @param <X> the type of the exception that it declares to throw
   * @return its result
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled, for instance by Ctrl-C or SIGTERM
   * @throws IllegalStateException if the runner is closed, or a loop is running on the calling
   *     thread
   */
  public <T extends @Nullable Object, X extends Exception> T run(
      ThrowingCallable<? extends T, X> main) throws X {
    requireNonNull(main, "main");
    ensureNoRunningLoop("Runner.run");
    EventLoop running = loop();
    Callable<T> body = main::call;
    TaskOptions taskOptions =
        TaskOptions.defaults().withContext(requireNonNull(context, "context"));
    Task<T> task = running.createTask(body, taskOptions);
    Runnable end = begin(task);
    try {
      return running.runUntilComplete(task);
    } finally {
      end.run();
    }
  }

  private EventLoop openLoop() {
    if (options.loopFactory().isPresent()) {
      return requireNonNull(options.loopFactory().get().get(), "loopFactory returned null");
    }
    return LoopBootstraps.get().newEventLoop(options.loop(), options.coroutines());
  }

  /** Makes signals cancel the main task; closing the result ends that. */
  private Runnable begin(Task<?> task) {
    TerminableRunner terminable = termination;
    if (terminable != null) {
      terminable.begin(task);
    }
    Runnable restore = () -> {};
    if (options.cancelOnInterrupt()) {
      AtomicInteger count = new AtomicInteger();
      restore = LoopBootstraps.get().onSignal("INT", () -> interrupt(task, count));
    }
    Runnable former = restore;
    return () -> {
      former.run();
      if (terminable != null) {
        terminable.end();
      }
    };
  }

  /**
   * Runs a body without a result, as {@link #run(ThrowingCallable)} does.
   *
   * @param main the code to run
   * @param <X> the type of the exception that it declares to throw
   * @throws X if the body throws it
   * @throws CancelledError if the main task was cancelled
   * @throws IllegalStateException if the runner is closed, or a loop is running on the calling
   *     thread
   */
  public <X extends Exception> void run(ThrowingRunnable<X> main) throws X {
    run(requireNonNull(main, "main").returningNull());
  }

  /**
   * Cancels the remaining tasks and waits for them, reports their failures to the exception
   * handler, waits up to five minutes for the default executor, and closes the loop. Closing a
   * closed runner does nothing.
   *
   * @throws IllegalStateException if a loop is running on the calling thread; nothing is cancelled
   */
  @Override
  public void close() {
    closed = true;
    EventLoop opened = loop;
    boolean isOpen = opened != null && !opened.isClosed();
    if (isOpen) {
      ensureNoRunningLoop("Runner.close");
    }
    TerminableRunner terminable = termination;
    if (terminable != null) {
      terminable.closing();
    }
    try {
      if (opened != null && isOpen) {
        shutDownAndClose(opened);
      }
    } finally {
      if (terminable != null) {
        terminable.closed();
      }
    }
  }

  private static void shutDownAndClose(EventLoop opened) {
    try (opened) {
      Set<Task<?>> left = opened.allTasks();
      cancelAndWait(opened, left);
      opened.runUntilComplete(
          opened.createTask(() -> shutDown(opened, left), TaskOptions.named("runner-shutdown")));
    }
  }

  // Not in a task: a remaining task may cancel or await all tasks while it cleans up.
  private static void cancelAndWait(EventLoop loop, Set<Task<?>> left) {
    if (!left.isEmpty()) {
      left.forEach(Task::cancel);
      List<?> ignored = loop.runUntilComplete(Asyncio.gatherOutcomes(left));
    }
  }

  private static @Nullable Void shutDown(EventLoop loop, Set<Task<?>> ended) {
    for (Task<?> task : ended) {
      if (Outcome.of(task) instanceof Outcome.Failure<?>(Throwable thrown)) {
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

  static void ensureNoRunningLoop(String method) {
    EventLoop running = LoopBootstraps.get().runningLoop();
    if (running != null) {
      throw new IllegalStateException(
          "cannot call %s: %s runs on this thread; await a task instead"
              .formatted(method, running));
    }
  }
}
