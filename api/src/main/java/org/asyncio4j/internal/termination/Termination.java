package org.asyncio4j.internal.termination;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/**
 * Handles SIGTERM while a runner is open: the main tasks are cancelled, the threads that use the
 * runners get a limited time to finish, then the JVM exits, so that its shutdown hooks run. A
 * second SIGTERM exits at once.
 *
 * <p>This is not a shutdown hook, because hooks run at the same time as those of logging, and would
 * wait forever for a task that calls {@code System.exit}.
 */
public final class Termination {

  private static final Logger LOGGER = System.getLogger("org.asyncio4j");
  private static final Termination OF_PROCESS = new Termination();
  private static final int EXIT_STATUS = 143; // same as when SIGTERM ends a JVM

  private final Set<TerminableRunner> open = new LinkedHashSet<>(); // guarded by this
  private @Nullable Runnable handing; // guarded by this; restores the former signal handler
  private boolean requested; // guarded by this

  private Termination() {}

  /** {@return the SIGTERM handling of this process} */
  public static Termination ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Makes SIGTERM end a runner that the calling thread uses.
   *
   * @param limit the time that its thread has to finish
   * @return the runner, which must be notified of its runs and of its end
   */
  public synchronized TerminableRunner watch(Duration limit) {
    TerminableRunner runner = new TerminableRunner(limit);
    if (handing == null) {
      handing = LoopBootstraps.get().onSignal("TERM", this::request);
    }
    open.add(runner);
    return runner;
  }

  synchronized void forget(TerminableRunner runner) {
    Runnable former = handing;
    if (open.remove(runner) && open.isEmpty() && former != null) {
      handing = null;
      former.run();
    }
  }

  private void request() {
    List<TerminableRunner> ending;
    boolean again;
    synchronized (this) {
      again = requested;
      requested = true;
      ending = new ArrayList<>(open);
    }
    if (again) {
      exit();
    }
    ending.forEach(TerminableRunner::request);
    // Started by a daemon thread, but must keep the JVM alive until it exits with the right status.
    Thread.ofPlatform().name("asyncio4j-sigterm").daemon(false).start(() -> end(ending));
  }

  private static void end(List<TerminableRunner> ending) {
    long begin = System.nanoTime();
    try {
      for (TerminableRunner runner : ending) {
        if (!runner.awaitUser(begin)) {
          warn(runner);
        }
      }
    } catch (InterruptedException hurried) {
      // Interrupted by a program that interrupts all threads: the only option is to exit.
    } finally {
      exit();
    }
  }

  private static void warn(TerminableRunner runner) {
    Task<?> main = runner.main();
    Thread user = runner.user();
    StringBuilder text = new StringBuilder("cannot end within ");
    text.append(runner.limit()).append(" of SIGTERM: ");
    List<StackTraceElement> frames;
    if (main == null) {
      text.append(Described.thread(user)).append(" still runs after Runner.run");
      frames = List.of(user.getStackTrace());
    } else {
      text.append("the main task still runs, ").append(main);
      frames = main.stack();
    }
    Holdup.present().forEach(holdup -> text.append("; ").append(holdup));
    text.append("; exiting with status ").append(EXIT_STATUS);
    frames.forEach(frame -> text.append("\n\tat ").append(frame));
    LOGGER.log(Level.WARNING, text.toString());
  }

  private static void exit() {
    Runtime.getRuntime().exit(EXIT_STATUS);
  }
}
