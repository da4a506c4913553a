package org.asyncio4j.spi.internal.fiber;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.describe.Described;
import org.asyncio4j.spi.coroutine.Suspension;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread whose continuation the loop's thread runs. It is its own scheduler: the first
 * {@code execute} receives its own continuation; any other runnable is a thread that was started in
 * it and belongs to the JDK's scheduler.
 *
 * <p>The body suspends with {@link Thread#yield()}: the JDK then calls {@link #execute} on the
 * loop's thread, which does nothing, so that only the loop can wake the body. A body that parks in
 * another way is woken by the JDK through {@code execute}, from any thread.
 */
final class CarrierFiber<T extends @Nullable Object> extends Fiber<T> implements Executor {

  private final CarrierEngine engine;
  private final Runnable onRunnable;
  private final Thread thread;
  private volatile @Nullable Runnable continuation;

  // Set by the body immediately before it yields, cleared by execute: if it is still set after the
  // yield, the body could not be unmounted.
  private boolean yielding;
  private boolean started;

  // Both are read by threads that return the continuation after a stack walk.
  private volatile boolean stashed;
  private volatile boolean resuming;

  private @Nullable SetAside setAside;

  private @Nullable CarrierFiber<?> delegate;
  private @Nullable Suspension delegateAnswer;

  CarrierFiber(
      CarrierEngine engine,
      boolean awaits,
      String name,
      Callable<? extends T> body,
      Runnable onRunnable) {
    super(engine.owner(), awaits);
    this.engine = engine;
    this.onRunnable = onRunnable;
    this.thread = CarrierAccess.newThread(this, name, () -> main(body));
    // Started here, in a fiber or outside the loop, because starting takes locks that the loop's
    // thread must not wait for. Starting only passes on the continuation.
    thread.start();
  }

  @Override
  public void execute(Runnable runnable) {
    Runnable own = continuation;
    if (own == null) {
      continuation = runnable;
    } else if (runnable != own) {
      CarrierAccess.defaultScheduler().execute(runnable);
    } else if (yielding && engine.isCarrier()) {
      yielding = false;
      stashed = true;
    } else if (!stashed || resuming) {
      engine.wake(own, onRunnable);
    }
  }

  @Override
  public Thread thread() {
    return thread;
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // yield() uses our scheduler
  void switchOut() {
    resuming = false;
    yielding = true;
    Thread.yield();
    if (yielding) {
      yielding = false;
      engine.ensureOpen();
      throw new IllegalStateException(
          "cannot wait: the task is pinned by native code or a class initializer on its stack; wait"
              + " outside of it, or use Asyncio.toThread");
    }
    stashed = false;
    resuming = false;
  }

  @Override
  Suspension switchIn() {
    if (engine.isCarrier()) {
      return mount();
    }
    Fiber<?> caller = Fiber.current();
    if (!(caller instanceof CarrierFiber<?> sender) || sender.engine != engine) {
      throw new WrongThreadException(
          "cannot resume a coroutine: it must be resumed on its loop's thread, not on "
              + Described.currentThread());
    }
    return sender.delegate(this);
  }

  /**
   * Runs the continuation. Called only on the loop's thread. Code that changes the current task,
   * for an eager start or its own step, may park before it restores it: its change applies only
   * while it runs.
   */
  Suspension mount() {
    FiberEngine.Batch batch = engine.batch();
    Task<?> entered = batch.currentTask();
    if (setAside != null) {
      batch.setCurrentTask(setAside.current());
      setAside = null;
    }
    Suspension answer = runContinuation();
    if (answer == Suspension.PARKED) {
      Task<?> left = batch.currentTask();
      if (left != entered) {
        setAside = new SetAside(left);
        batch.setCurrentTask(entered);
      }
    }
    return answer;
  }

  private Suspension runContinuation() {
    Runnable own = continuation;
    if (own == null) {
      throw new IllegalStateException("cannot resume the coroutine: it has not been started");
    }
    resuming = stashed || !started;
    own.run();
    while (stashed && !resuming && delegate != null) {
      runDelegate();
      resuming = true;
      own.run();
    }
    if (ended()) {
      return suspension();
    }
    // Neither ended nor suspended by us: parked in the JDK, or prevented from running by a stack
    // walk, which will return the continuation.
    return stashed && !resuming ? suspension() : Suspension.PARKED;
  }

  @Override
  void release() {
    if (started && !stashed) {
      thread.interrupt();
    }
    goOnElsewhere();
  }

  /** Lets the JDK's scheduler run the rest of the body: at once, or when the body is unparked. */
  void goOnElsewhere() {
    Runnable own = continuation;
    if (own != null) {
      // A stack walk that prevents it from running now returns it later.
      resuming = true;
      CarrierAccess.defaultScheduler().execute(own);
    }
  }

  private Suspension delegate(CarrierFiber<?> other) {
    delegate = other;
    try {
      switchOut();
    } finally {
      // Still present if this fiber was pinned.
      delegate = null;
    }
    Suspension answer = delegateAnswer;
    delegateAnswer = null;
    return answer == null ? Suspension.PARKED : answer;
  }

  private void runDelegate() {
    CarrierFiber<?> other = delegate;
    delegate = null;
    delegateAnswer = other == null ? null : other.mount();
  }

  private void main(Callable<? extends T> body) {
    started = true;
    resuming = false;
    runBody(body);
  }

  /** The task that the code in a parked fiber has made current. */
  private record SetAside(@Nullable Task<?> current) {}
}
