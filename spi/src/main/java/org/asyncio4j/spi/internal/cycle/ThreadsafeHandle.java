package org.asyncio4j.spi.internal.cycle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.asyncio4j.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * A callback of {@code callSoonThreadsafe}. A thread that cancels it while it runs waits until it
 * has ended (asyncio, 3.14), unless the callback cancels itself.
 *
 * <p>Callbacks are hardly ever cancelled while they run, so the monitor is entered only to wait for
 * the end and to end such a wait.
 */
public final class ThreadsafeHandle extends CallbackHandle {

  private enum State {
    QUEUED,
    CANCELLED,
    RUNNING,
    RUNNING_AWAITED,
    ENDED
  }

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(ThreadsafeHandle.class, "state", State.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private volatile State state = State.QUEUED;

  // Written before the state is RUNNING and after it is ENDED.
  private @Nullable Thread runner;

  public ThreadsafeHandle(
      Runnable callback, @Nullable Context context, @Nullable Throwable createdAt) {
    super(callback, context, createdAt);
  }

  @Override
  public void cancel() {
    if (!withdraw()
        && runner != Thread.currentThread()
        && (STATE.compareAndSet(this, State.RUNNING, State.RUNNING_AWAITED)
            || state == State.RUNNING_AWAITED)) {
      awaitEnd();
    }
  }

  /**
   * Cancels this unless it has begun to run, without waiting. Returns whether it will never run.
   */
  public boolean withdraw() {
    if (STATE.compareAndSet(this, State.QUEUED, State.CANCELLED)) {
      super.cancel();
    }
    return state == State.CANCELLED;
  }

  @Override
  public boolean isCancelled() {
    return state == State.CANCELLED;
  }

  // Called on the loop's thread; only run() knows for certain.
  @Override
  public boolean isDropped() {
    return false;
  }

  @Override
  public void drop() {
    boolean neverRuns = withdraw();
    assert neverRuns : "an entry that is queued has not begun to run";
  }

  @Override
  public void run() {
    runner = Thread.currentThread();
    if (!STATE.compareAndSet(this, State.QUEUED, State.RUNNING)) {
      return;
    }
    try {
      super.run();
    } finally {
      if (STATE.getAndSet(this, State.ENDED) == State.RUNNING_AWAITED) {
        tellOfEnd();
      }
      runner = null;
    }
  }

  private synchronized void awaitEnd() {
    boolean interrupted = false;
    while (state == State.RUNNING_AWAITED) {
      try {
        wait();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void tellOfEnd() {
    notifyAll();
  }
}
