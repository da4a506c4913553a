package org.asyncio4j.internal.termination;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.asyncio4j.core.Task;
import org.jspecify.annotations.Nullable;

/**
 * The state of a runner for SIGTERM: its main task, which is cancelled, and the thread that uses
 * the runner. Between two runs, the next main task is cancelled before it begins. Callable from any
 * thread.
 */
public final class TerminableRunner {

  private static final String MESSAGE = "terminated by SIGTERM";
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Duration GLANCE = Duration.ofMillis(20);

  // A pool thread does not end with its runner: the time for what it does after that.
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final long MAIN_THREAD = 1;

  private final Duration limit;

  // All guarded by this.
  private Thread user = Thread.currentThread();
  private @Nullable Task<?> main;
  private boolean pending;
  private boolean asked; // whether cancellation of the main task was requested
  private boolean closed;

  TerminableRunner(Duration limit) {
    this.limit = limit;
  }

  /**
   * Begins a run, on the thread that uses the runner and before the loop runs.
   *
   * @param task the main task
   */
  public void begin(Task<?> task) {
    requireNonNull(task, "task");
    boolean late;
    synchronized (this) {
      user = Thread.currentThread();
      main = task;
      late = pending;
      pending = false;
    }
    if (late) {
      boolean ignored = task.cancel(MESSAGE);
    }
  }

  /**
   * Ends a run. If its task was done before the request arrived, the request applies to the next
   * run.
   */
  public synchronized void end() {
    if (asked && main != null && main.cancelling() == 0) {
      pending = true;
    }
    asked = false;
    main = null;
  }

  /** Starts closing the runner, on the thread that uses it. */
  public synchronized void closing() {
    user = Thread.currentThread();
  }

  /** Removes the closed runner. Does nothing when repeated. */
  public void closed() {
    synchronized (this) {
      closed = true;
    }
    Termination.ofProcess().forget(this);
  }

  Duration limit() {
    return limit;
  }

  synchronized @Nullable Task<?> main() {
    return main;
  }

  synchronized Thread user() {
    return user;
  }

  /** Handles SIGTERM. */
  void request() {
    Task<?> running;
    synchronized (this) {
      running = main == null || main.isDone() ? null : main;
      // Only once: a run that cleans up after the cancelled one is not cancelled.
      asked = running != null;
      pending = !asked;
    }
    if (running != null) {
      try {
        // Works even if the body holds the loop because it blocks.
        running.cancelThreadsafe(MESSAGE);
      } catch (IllegalStateException ended) {
        // The loop has been closed.
      }
    }
  }

  /**
   * Waits until the thread that uses the runner has ended. A thread other than the main thread of
   * the process may be a pool thread, which never ends: after the runner is closed, it gets a short
   * time for the code that follows.
   *
   * @param begin when SIGTERM arrived, by {@link System#nanoTime()}
   * @return whether it has ended in time
   */
  boolean awaitUser(long begin) throws InterruptedException {
    long deadline = begin + (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos();
    long lastGlance = deadline;
    while (true) {
      Thread waited = user();
      if (waited.join(GLANCE)) {
        if (waited == user()) {
          return true;
        }
      } else if (lastGlance == deadline && isLeftToItself(waited)) {
        lastGlance = Math.min(deadline, System.nanoTime() + GRACE.toNanos());
      }
      if (System.nanoTime() - lastGlance >= 0) {
        return isLeftToItself(waited);
      }
    }
  }

  private synchronized boolean isLeftToItself(Thread waited) {
    return closed && waited.threadId() != MAIN_THREAD;
  }
}
