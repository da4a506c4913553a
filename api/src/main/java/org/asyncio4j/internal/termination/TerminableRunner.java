package org.asyncio4j.internal.termination;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.asyncio4j.core.Task;
import org.jspecify.annotations.Nullable;

/**
 * A runner, as SIGTERM finds it: with a main task, which is cancelled, or between two, when the
 * next one is cancelled before it begins; and the thread that uses it. Callable from any thread.
 */
public final class TerminableRunner {

  private static final String MESSAGE = "terminated by SIGTERM";

  private final Duration limit;

  // All guarded by this.
  private Thread user = Thread.currentThread();
  private @Nullable Task<?> main;
  private boolean pending;

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
    }
    if (late) {
      cancel(task);
    }
  }

  /** Ends a run. */
  public synchronized void end() {
    main = null;
  }

  /** Begins to close the runner, on the thread that uses it. */
  public synchronized void closing() {
    user = Thread.currentThread();
  }

  /** Forgets the runner, which is closed. Does nothing when repeated. */
  public void closed() {
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

  /** SIGTERM has come. */
  void request() {
    Task<?> running;
    synchronized (this) {
      pending = true;
      running = main;
    }
    if (running != null) {
      try {
        running.loop().callSoonThreadsafe(() -> cancel(running));
      } catch (IllegalStateException closed) {
        // The run has ended meanwhile.
      }
    }
  }

  /** Once: a run that cleans up after the one that was cancelled is left alone. */
  private void cancel(Task<?> task) {
    synchronized (this) {
      if (!pending || task.isDone()) {
        return;
      }
      pending = false;
    }
    boolean ignored = task.cancel(MESSAGE);
  }

  /**
   * Waits until the thread that uses the runner has ended.
   *
   * @return whether it has in time
   */
  boolean awaitUser(long deadlineNanos) throws InterruptedException {
    Thread waited;
    do {
      waited = user();
      if (!waited.join(Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime())))) {
        return false;
      }
    } while (waited != user());
    return true;
  }
}
