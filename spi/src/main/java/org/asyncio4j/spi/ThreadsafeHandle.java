package org.asyncio4j.spi;

import org.asyncio4j.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * A callback of {@code callSoonThreadsafe}. Whoever cancels it while it runs waits until it has
 * ended (asyncio, 3.14), unless it is the callback itself.
 */
final class ThreadsafeHandle extends CallbackHandle {

  private enum State {
    QUEUED,
    RUNNING,
    ENDED
  }

  private State state = State.QUEUED;
  private @Nullable Thread runner;

  ThreadsafeHandle(Runnable callback, @Nullable Context context, @Nullable Throwable createdAt) {
    super(callback, context, createdAt);
  }

  @Override
  public void cancel() {
    boolean interrupted = false;
    synchronized (this) {
      if (state == State.QUEUED) {
        super.cancel();
      }
      while (state == State.RUNNING && runner != Thread.currentThread()) {
        try {
          wait();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isCancelled() {
    return super.isCancelled();
  }

  // Asked on the loop's thread, which must not wait for a lock: run() will see.
  @Override
  boolean isDropped() {
    return false;
  }

  @Override
  void run() {
    synchronized (this) {
      if (super.isDropped()) {
        return;
      }
      state = State.RUNNING;
      runner = Thread.currentThread();
    }
    try {
      super.run();
    } finally {
      synchronized (this) {
        state = State.ENDED;
        runner = null;
        notifyAll();
      }
    }
  }
}
