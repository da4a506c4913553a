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
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Duration GLANCE = Duration.ofMillis(20);

  // A thread of a pool does not end with its runner: what it does after that gets this long.
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final long MAIN_THREAD = 1;

  private final Duration limit;

  // All guarded by this.
  private Thread user = Thread.currentThread();
  private @Nullable Task<?> main;
  private boolean pending;
  private boolean asked; // the main task, to end
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

  /** Ends a run. One whose task was done before the request arrived leaves it to the next. */
  public synchronized void end() {
    if (asked && main != null && main.cancelling() == 0) {
      pending = true;
    }
    asked = false;
    main = null;
  }

  /** Begins to close the runner, on the thread that uses it. */
  public synchronized void closing() {
    user = Thread.currentThread();
  }

  /** Forgets the runner, which is closed. Does nothing when repeated. */
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

  /** SIGTERM has come. */
  void request() {
    Task<?> running;
    synchronized (this) {
      running = main == null || main.isDone() ? null : main;
      // Once: a run that cleans up after the one that was cancelled is left alone.
      asked = running != null;
      pending = !asked;
    }
    if (running != null) {
      try {
        // Also where the body holds the loop because it blocks.
        running.cancelThreadsafe(MESSAGE);
      } catch (IllegalStateException ended) {
        // The loop was closed meanwhile.
      }
    }
  }

  /**
   * Waits until the thread that uses the runner has ended. A thread other than the main thread of
   * the process may be one of a pool, which never ends: after the runner is closed, it has a little
   * time to do what comes after.
   *
   * @param begin when SIGTERM came, by {@link System#nanoTime()}
   * @return whether it has in time
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
