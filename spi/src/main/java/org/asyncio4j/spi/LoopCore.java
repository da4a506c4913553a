package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.LoopStatistics;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.internal.identity.Identity;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.internal.cycle.CallbackHandle;
import org.asyncio4j.spi.internal.cycle.Completion;
import org.asyncio4j.spi.internal.cycle.ForgottenLoop;
import org.asyncio4j.spi.internal.cycle.LoopCycle;
import org.asyncio4j.spi.internal.cycle.LoopLifecycle;
import org.asyncio4j.spi.internal.cycle.LoopThread;
import org.asyncio4j.spi.internal.cycle.ReadyEntry;
import org.asyncio4j.spi.internal.cycle.ThreadsafeHandle;
import org.asyncio4j.spi.internal.cycle.UnretrievedFailures;
import org.asyncio4j.spi.internal.fiber.AmbientContext;
import org.asyncio4j.spi.internal.fiber.Fiber;
import org.asyncio4j.spi.internal.fiber.FiberEngine;
import org.asyncio4j.spi.internal.fiber.WakeUp;
import org.asyncio4j.spi.internal.net.NetworkHooks;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.jspecify.annotations.Nullable;

/**
 * The part of a loop that futures, tasks and handles use: it queues them, from the right thread,
 * while the loop is open. Methods are called on the loop's thread unless they say otherwise.
 */
final class LoopCore implements NetworkLoop, LoopCycle.Host {

  private final BaseEventLoop loop;
  private final Hooks hooks;
  private final LoopLifecycle lifecycle = new LoopLifecycle();
  private final LoopCycle cycle;
  private final FiberEngine engine;
  private final TaskRegistry tasks;
  private final EagerStarts eagerStarts;
  private final UnretrievedFailures unretrievedFailures;
  private final ForgottenLoop forgotten;
  private final Set<Identity<Runnable>> closeActions = ConcurrentHashMap.newKeySet();
  private volatile boolean debug;
  private volatile @Nullable Thread closing;
  private long taskCount;

  LoopCore(BaseEventLoop loop, Hooks hooks, LoopContext context, String name) {
    this.loop = loop;
    this.hooks = hooks;
    this.debug = context.debug();
    this.tasks = new TaskRegistry(loop);
    this.eagerStarts = new EagerStarts(tasks);
    this.unretrievedFailures = new UnretrievedFailures(loop);
    this.cycle = new LoopCycle(this, hooks, context.clock()::nanoTime);
    this.engine = Engines.open(context.coroutines(), loop, "asyncio4j-" + name, cycle);
    this.forgotten =
        new ForgottenLoop(
            "<EventLoop %s %s>".formatted(name, engine.name()),
            debug ? new Throwable("opened here") : null);
    forgotten.add(engine.pollThread());
  }

  BaseEventLoop loop() {
    return loop;
  }

  @Override
  public EventLoop eventLoop() {
    return loop;
  }

  @Override
  public NetworkHooks hooks() {
    return hooks;
  }

  @Override
  public void requireTask(String operation) {
    Awaiter.requireBodyOf(loop, operation);
  }

  @Override
  public @Nullable Task<?> currentTask() {
    return tasks.current();
  }

  @Override
  public void setCurrentTask(@Nullable Task<?> task) {
    tasks.setCurrent(task);
  }

  LoopLifecycle lifecycle() {
    return lifecycle;
  }

  LoopCycle cycle() {
    return cycle;
  }

  @Override
  public FiberEngine engine() {
    return engine;
  }

  TaskRegistry tasks() {
    return tasks;
  }

  EagerStarts eagerStarts() {
    return eagerStarts;
  }

  @Override
  public ForgottenLoop forgotten() {
    return forgotten;
  }

  /** Returns whether a task that is created now may take its first step at once. */
  boolean mayStartEagerly() {
    return isOnLoopThread() && eagerStarts.haveRoom();
  }

  @Override
  public UnretrievedFailures unretrievedFailures() {
    return unretrievedFailures;
  }

  @Override
  public boolean isDebug() {
    return debug;
  }

  void setDebug(boolean changed) {
    debug = changed;
    if (!changed) {
      cycle.monitor().stop();
    } else if (lifecycle.isRunning()) {
      cycle.monitor().start(engine);
    }
  }

  /** Runs until the loop is stopped, while the calling thread waits. */
  void run() throws IOException {
    forgotten.loopWasOpened();
    lifecycle.start();
    try {
      if (debug) {
        cycle.monitor().start(engine);
      }
      engine.run(cycle);
    } finally {
      // In this order, because once the loop is idle another thread may run it and start the
      // monitor.
      cycle.monitor().stop();
      lifecycle.end();
    }
  }

  /** Schedules a report in a callback; does nothing if the loop is closed. */
  void reportSoon(ErrorReport report) {
    if (!lifecycle.isClosed()) {
      cycle.reportSoon(report);
    }
  }

  /** Returns, in debug mode, a throwable with the current stack trace. Callable from any thread. */
  @Nullable Throwable creationTrace() {
    return debug ? new Throwable("created here") : null;
  }

  String nextTaskName() {
    return "Task-" + ++taskCount;
  }

  /** Callable from any thread. */
  boolean isOnLoopThread() {
    return lifecycle.isRunning() && engine.isLoopThread(Fiber.current());
  }

  @Override
  public void ensureOwner() {
    ensureOwner(Fiber.current());
  }

  private void ensureOwner(@Nullable Fiber<?> caller) {
    if (!engine.isLoopThread(caller) && lifecycle.isRunning()) {
      throw LoopThread.refusal(loop, "this");
    }
  }

  LoopStatistics statistics() {
    ensureOwner();
    return new LoopStatistics(
        tasks.pending().size(), cycle.ready().size(), cycle.timers().pending(), cycle.ticks());
  }

  void ensureMayRun() {
    if (LoopThread.running() != null) {
      throw new IllegalStateException(
          "Cannot run the event loop while another loop is running on the calling thread; await a"
              + " task instead");
    }
    lifecycle.ensureIdle();
  }

  @Override
  public void ensureMaySchedule() {
    ensureMaySchedule(Fiber.current());
  }

  private void ensureMaySchedule(@Nullable Fiber<?> caller) {
    forgotten.loopWasOpened();
    lifecycle.ensureOpen();
    ensureOwner(caller);
  }

  // Looking up the caller's fiber costs more than the rest, so it is done once per call.

  Handle callSoon(Runnable callback) {
    Fiber<?> caller = Fiber.current();
    return callSoon(callback, AmbientContext.copyOf(caller), caller);
  }

  Handle callSoon(Runnable callback, @Nullable Context context) {
    return callSoon(callback, context, Fiber.current());
  }

  private Handle callSoon(Runnable callback, @Nullable Context context, @Nullable Fiber<?> caller) {
    requireNonNull(callback, "callback");
    ensureMaySchedule(caller);
    CallbackHandle handle = new CallbackHandle(callback, context, creationTrace());
    cycle.ready().add(handle);
    return handle;
  }

  /** Callable from any thread. */
  Handle callSoonThreadsafe(Runnable callback) {
    Fiber<?> caller = Fiber.current();
    return callSoonThreadsafe(callback, AmbientContext.copyOf(caller), caller);
  }

  /** Callable from any thread. */
  Handle callSoonThreadsafe(Runnable callback, @Nullable Context context) {
    return callSoonThreadsafe(callback, context, Fiber.current());
  }

  private Handle callSoonThreadsafe(
      Runnable callback, @Nullable Context context, @Nullable Fiber<?> caller) {
    requireNonNull(callback, "callback");
    forgotten.loopWasOpened();
    lifecycle.ensureOpen();
    ThreadsafeHandle handle = new ThreadsafeHandle(callback, context, creationTrace());
    if (lifecycle.isRunning() && engine.isLoopThread(caller)) {
      cycle.ready().add(handle);
    } else {
      cycle.wake(handle);
      // If the loop closed in the meantime, it may have dropped its entries before this one was
      // added.
      if (lifecycle.isClosed() && handle.withdraw()) {
        lifecycle.ensureOpen();
      }
    }
    return handle;
  }

  TimerHandle callAt(long when, Runnable callback) {
    Fiber<?> caller = Fiber.current();
    return callAt(when, callback, AmbientContext.copyOf(caller), caller);
  }

  TimerHandle callAt(long when, Runnable callback, @Nullable Context context) {
    return callAt(when, callback, context, Fiber.current());
  }

  private TimerHandle callAt(
      long when, Runnable callback, @Nullable Context context, @Nullable Fiber<?> caller) {
    requireNonNull(callback, "callback");
    ensureMaySchedule(caller);
    return cycle.timers().add(when, callback, context, creationTrace());
  }

  /** Queues an internal entry; the caller has checked the thread. */
  void schedule(ReadyEntry entry) {
    cycle.ready().add(entry);
  }

  /**
   * Queues an entry of a completed future. Returns whether it was queued: a closed loop runs
   * nothing any more. Entries of futures that closing the loop completes do not count as lost.
   */
  boolean scheduleCompletion(ReadyEntry entry) {
    if (lifecycle.isClosed()) {
      return closing == Thread.currentThread();
    }
    cycle.ready().add(entry);
    return true;
  }

  /**
   * Returns an action that an engine may call from any thread when a parked body can continue. It
   * runs internal code directly, user code in a callback.
   */
  Runnable fromAnywhere(Runnable onRunnable) {
    return onRunnable instanceof WakeUp
        ? onRunnable
        : () -> cycle.wake(new CallbackHandle(onRunnable, null, null));
  }

  /** Queues a step of a body that was parked. Callable from any thread; never throws. */
  void scheduleFromAnywhere(ReadyEntry entry) {
    cycle.wake(entry);
  }

  @Override
  public void completeFromElsewhere(Future<?> future, Runnable completion) {
    if (!lifecycle.isClosed()) {
      cycle.wake(new ThreadsafeHandle(new Completion(future, completion), null, null));
    }
  }

  /** Returns whether the thread that carries the fibers may run the steps of a coroutine itself. */
  boolean carries(Coroutine<?> coroutine) {
    return engine.carries(coroutine);
  }

  @Nullable Context contextCopy() {
    return AmbientContext.copy();
  }

  /** Releases the loop's internal resources. Returns whether this call closed the loop. */
  boolean close() {
    if (!lifecycle.close()) {
      return false;
    }
    closing = Thread.currentThread();
    forgotten.loopWasClosed();
    engine.close();
    tasks.abandonAll();
    cycle.clear();
    unretrievedFailures.close();
    closeActions.forEach(action -> action.object().run());
    return true;
  }

  /** Called when the loop has released everything. */
  void closed() {
    closing = null;
  }

  /**
   * Calls an action when the loop closes, or now if it is closed. Callable from any thread. The
   * returned action withdraws it.
   */
  Runnable onClose(Runnable action) {
    Identity<Runnable> registered = new Identity<>(action);
    closeActions.add(registered);
    if (lifecycle.isClosed()) {
      action.run();
    }
    return () -> closeActions.remove(registered);
  }
}
