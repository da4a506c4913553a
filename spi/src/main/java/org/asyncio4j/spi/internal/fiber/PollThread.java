package org.asyncio4j.spi.internal.fiber;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The platform thread on which a loop polls, in all of its runs: a kernel may tie requests to the
 * thread that made them, and drop them when it ends. It starts with the first run, waits between
 * runs, and ends when the loop is closed or collected.
 *
 * <p>While it waits it holds no reference to the loop, which could otherwise never be collected.
 */
public final class PollThread implements AutoCloseable {

  private final String name;
  private final long stackSize;
  private volatile @Nullable Thread thread; // set by the thread that runs the loop
  private volatile @Nullable Errand next;
  private volatile boolean closed;

  /**
   * Creates an object that starts the thread when it is needed.
   *
   * @param name the name of the thread
   * @param stackSize in bytes; 0 for the default
   */
  PollThread(String name, long stackSize) {
    this.name = name;
    this.stackSize = stackSize;
  }

  /** Starts an action on the thread, which must be idle. */
  Errand start(Runnable action) {
    Errand errand = new Errand(action, Thread.currentThread());
    next = errand;
    Thread running = thread;
    if (running == null || !running.isAlive()) {
      running = new Thread(null, this::serve, name, stackSize, false);
      running.setDaemon(true);
      thread = running;
      running.start();
    } else {
      LockSupport.unpark(running);
    }
    return errand;
  }

  /** Lets the thread end; does not wait for it. Callable from any thread. */
  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
    }
  }

  private void serve() {
    while (runsNext() || !closed) {
      // Other threads set the errand or close this before they unpark it.
      if (next == null && !closed) {
        LockSupport.park(this);
      }
    }
  }

  /** A separate method, so that no local variable of an idle thread refers to the loop. */
  private boolean runsNext() {
    Errand errand = next;
    if (errand == null) {
      return false;
    }
    next = null;
    errand.run();
    return true;
  }

  /** An action to run on the thread. */
  static final class Errand {

    private final Runnable action;
    private final Thread asker;
    private final @Nullable ClassLoader loader;
    private @Nullable Throwable thrown;
    private volatile boolean done;

    Errand(Runnable action, Thread asker) {
      this.action = action;
      this.asker = asker;
      this.loader = asker.getContextClassLoader();
    }

    private void run() {
      Thread.currentThread().setContextClassLoader(loader);
      try {
        action.run();
      } catch (Throwable failure) {
        thrown = failure;
      }
      Thread.interrupted();
      Thread.currentThread().setContextClassLoader(null);
      done = true;
      LockSupport.unpark(asker);
    }

    /**
     * Waits until the action has run, and returns the exception that it threw; an interrupt is kept
     * for later.
     */
    @Nullable Throwable await() {
      Parking.until(this, () -> done);
      return thrown;
    }
  }
}
