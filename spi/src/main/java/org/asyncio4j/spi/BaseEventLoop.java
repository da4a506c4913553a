package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ExceptionHandler;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.LoopStatistics;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.net.FileRegion;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.jspecify.annotations.Nullable;

/**
 * The skeleton of an event loop: everything but the I/O (asyncio, {@code BaseEventLoop}). A loop
 * extends it, implements its few private hooks, and may override anything else.
 *
 * <p>Hooks are called on the loop's thread, {@link #wakeUp()} from any. {@link #poll} alone is
 * called on the thread that carries the loop's fibers, or one that stands in for it: it runs no
 * callback, takes no lock that a task might hold and logs nothing. Hooks that a loop does not
 * implement throw {@link UnsupportedOperationException}.
 *
 * <p>A loop that nothing refers to any more, and that was not closed, is reported in the log and
 * its resources are closed, see {@link #closeIfForgotten}. Its pending tasks are suspended threads,
 * which refer to it; a loop that has some is not collected before they have ended. The watch begins
 * when {@code Asyncio.newEventLoop} returns the loop, when something is scheduled on it, or when it
 * runs. If a constructor of a subclass throws before that, the resources that it has registered are
 * closed without a report.
 */
public abstract class BaseEventLoop extends NetworkLoop implements EventLoop {

  private final ErrorReporter reporter = new ErrorReporter(this);
  private @Nullable TaskFactory taskFactory;

  /**
   * Creates an open loop.
   *
   * @param context what the framework hands in
   * @param name the name of the loop's provider, for messages and the names of threads
   * @throws IllegalStateException if the context asks for an engine that cannot be had; the message
   *     says why
   */
  @SuppressWarnings("this-escape") // the collaborators keep it for later
  protected BaseEventLoop(LoopContext context, String name) {
    super(context, name);
    core().forgotten().watch(this);
  }

  // Services for subclasses and for tasks

  /**
   * Registers something that is closed if this loop is collected without having been closed. The
   * log then has a warning ({@code unclosed event loop}), and the resources are given back that
   * {@link #closeResources()} would have given back. It is called at most once, on another thread,
   * when nothing uses the loop any more; not if the loop was closed. It is also called if a
   * constructor throws after this call, without a warning unless something was scheduled already.
   *
   * @param resources holds descriptors, threads and the like; must not refer to this loop, directly
   *     or through a lambda, an inner class or an attachment, because that would keep the loop from
   *     ever being collected
   */
  protected final void closeIfForgotten(AutoCloseable resources) {
    core().forgotten().add(requireNonNull(resources, "resources"));
  }

  /**
   * Refuses an operation that may have to wait where nobody can, before it has begun.
   *
   * @param operation its name
   * @throws IllegalStateException if no task of this loop runs here
   */
  protected final void requireTask(String operation) {
    Awaiter.requireBodyOf(this, operation);
  }

  /**
   * Finds the addresses of a host in the way of {@link #nameResolution()}, suspending the current
   * task. A literal address is not looked up.
   *
   * @param address an address, resolved or not
   * @return its addresses, at least one
   * @throws IOException if the host is unknown or could not be resolved in time
   */
  protected final List<InetSocketAddress> resolve(InetSocketAddress address) throws IOException {
    return address.isUnresolved()
        ? resolver().resolve(address.getHostString(), address.getPort(), resolver().defaults())
        : List.of(address);
  }

  /**
   * Reads a part of a file on the default executor, suspending the current task, and hands it on
   * block by block.
   *
   * @param region which part of which file; the position of a channel is moved behind what the sink
   *     took, if it took anything
   * @param blockBytes the size of the blocks
   * @param sink takes them
   * @return how many bytes the sink took
   * @throws IOException if the file cannot be read, or the sink throws it
   */
  protected final long copyFile(FileRegion region, int blockBytes, FileSink sink)
      throws IOException {
    return new FileCopy(this, region, blockBytes).into(sink);
  }

  /**
   * Makes a callback that {@link #poll} can queue again and again.
   *
   * @param action what it runs
   * @param context the context that it runs in, used as it is
   * @return the handle
   */
  protected final IoHandle newIoHandle(Runnable action, Context context) {
    return new IoHandle(
        core(), requireNonNull(action, "action"), requireNonNull(context, "context"), null, null);
  }

  /**
   * Makes a callback that {@link #poll} can queue again and again, and that says in messages and
   * logs what it does: {@code <Handle accept on server socket /127.0.0.1:8080>}.
   *
   * @param action what it runs
   * @param context the context that it runs in, used as it is
   * @param what what it does, for instance {@code accept on}
   * @param subject with what; its {@code toString} is asked when a message is made
   * @return the handle
   */
  protected final IoHandle newIoHandle(
      Runnable action, Context context, String what, Object subject) {
    return new IoHandle(
        core(),
        requireNonNull(action, "action"),
        requireNonNull(context, "context"),
        requireNonNull(what, "what"),
        requireNonNull(subject, "subject"));
  }

  /**
   * Makes a coroutine of the loop's engine, for a task of your own.
   *
   * @param threadName the name of its virtual thread
   * @param body what it runs
   * @param onRunnable called on the loop's thread, as a callback, when a body that was parked in a
   *     blocking call can go on; it usually takes the next step
   * @param <T> the type of the result
   * @return the coroutine
   */
  public <T extends @Nullable Object> Coroutine<T> newCoroutine(
      String threadName, Callable<? extends T> body, Runnable onRunnable) {
    return core().engine().newFiber(threadName, body, core().fromAnywhere(onRunnable));
  }

  /** {@return the engine that runs the bodies of tasks: {@code carrier} or {@code handoff}} */
  public final String coroutineEngine() {
    return core().engine().name();
  }

  /**
   * Lets somebody see every call of a private hook.
   *
   * @param observer sees the calls, or {@code null} for nobody
   */
  public final void setHookObserver(@Nullable HookObserver observer) {
    hooks().setObserver(observer);
  }

  // Life

  @Override
  public void runForever() {
    core().ensureMayRun();
    try {
      core().run();
    } catch (IOException failure) {
      throw new UncheckedIOException("polling of " + this + " failed", failure);
    }
  }

  @Override
  public <T extends @Nullable Object> T runUntilComplete(Future<T> future) {
    if (requireNonNull(future, "future").loop() != this) {
      throw new IllegalArgumentException(
          "future must belong to %s but %s belongs to %s".formatted(this, future, future.loop()));
    }
    core().ensureMayRun();
    Consumer<Future<T>> end = done -> stop();
    future.addDoneCallback(end);
    try {
      runForever();
    } finally {
      future.removeDoneCallback(end);
    }
    if (!future.isDone()) {
      throw new IllegalStateException("Event loop stopped before Future completed: " + future);
    }
    return future.result();
  }

  @Override
  public void stop() {
    core().cycle().stop();
  }

  @Override
  public boolean isRunning() {
    return core().lifecycle().isRunning();
  }

  @Override
  public boolean isClosed() {
    return core().lifecycle().isClosed();
  }

  @Override
  public void close() {
    if (core().close()) {
      try {
        offload().close();
        resolver().close();
        hooks().closeResources();
      } finally {
        core().closed();
      }
    }
  }

  // Futures and tasks

  @Override
  public <T extends @Nullable Object> Promise<T> createFuture() {
    return new BuiltinFuture<>(this);
  }

  @Override
  public <T extends @Nullable Object> Task<T> createTask(
      Callable<? extends T> body, TaskOptions options) {
    requireNonNull(body, "body");
    requireNonNull(options, "options");
    core().ensureMaySchedule();
    TaskFactory factory = taskFactory;
    return factory == null
        ? new BuiltinTask<>(this, body, options)
        : factory.createTask(this, body, options);
  }

  @Override
  public void setTaskFactory(@Nullable TaskFactory factory) {
    taskFactory = factory;
  }

  @Override
  public Optional<TaskFactory> taskFactory() {
    return Optional.ofNullable(taskFactory);
  }

  @Override
  public Optional<Task<?>> currentTask() {
    return Optional.ofNullable(core().tasks().current());
  }

  @Override
  public Set<Task<?>> allTasks() {
    return core().tasks().pending();
  }

  // Blocking code

  @Override
  public <T extends @Nullable Object> Future<T> runInExecutor(Callable<? extends T> body) {
    requireNonNull(body, "body");
    core().ensureMaySchedule();
    return offload().submit(body);
  }

  @Override
  public <T extends @Nullable Object> Future<T> runInExecutor(
      Executor executor, Callable<? extends T> body) {
    requireNonNull(executor, "executor");
    requireNonNull(body, "body");
    core().ensureMaySchedule();
    return offload().submit(executor, body);
  }

  @Override
  public void setDefaultExecutor(ExecutorService executor) {
    offload().setExecutor(requireNonNull(executor, "executor"));
  }

  @Override
  public boolean shutdownDefaultExecutor(Duration timeout) {
    return offload().shutDown(requireNonNull(timeout, "timeout"));
  }

  // Errors and debugging

  @Override
  public void setExceptionHandler(@Nullable ExceptionHandler handler) {
    reporter.setHandler(handler);
  }

  @Override
  public Optional<ExceptionHandler> exceptionHandler() {
    return Optional.ofNullable(reporter.handler());
  }

  @Override
  public void callExceptionHandler(ErrorReport report) {
    reporter.report(requireNonNull(report, "report"));
  }

  @Override
  public void defaultExceptionHandler(ErrorReport report) {
    ErrorReporter.log(requireNonNull(report, "report"));
  }

  @Override
  public LoopStatistics statistics() {
    return core().statistics();
  }

  @Override
  public boolean isDebug() {
    return core().isDebug();
  }

  @Override
  public void setDebug(boolean changed) {
    core().setDebug(changed);
  }

  @Override
  public Duration slowCallbackDuration() {
    return core().cycle().monitor().threshold();
  }

  @Override
  public void setSlowCallbackDuration(Duration duration) {
    core().cycle().monitor().setThreshold(requireNonNull(duration, "duration"));
  }

  @Override
  public String toString() {
    return "<EventLoop %s %s %s%s>"
        .formatted(name(), coroutineEngine(), core().lifecycle(), isDebug() ? " debug" : "");
  }
}
