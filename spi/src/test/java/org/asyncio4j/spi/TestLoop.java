package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.asyncio4j.core.ErrorReport;

/** A loop without I/O that fails when it is closed with a report which the test did not take. */
public class TestLoop extends ParkingLoop {

  private final List<ErrorReport> reports = new CopyOnWriteArrayList<>();

  @SuppressWarnings("this-escape") // reports come only when the loop runs
  public TestLoop(LoopContext context) {
    super(context);
    setExceptionHandler((loop, report) -> reports.add(report));
  }

  public static TestLoop on(CoroutineMode mode) {
    return new TestLoop(LoopContext.defaults().withCoroutines(mode));
  }

  public static TestLoop onCarrier() {
    return on(CoroutineMode.CARRIER);
  }

  /** Runs a body in a task, on this thread's time. */
  public <T> T run(Callable<? extends T> body) {
    return this.<T>runUntilComplete(createTask(body));
  }

  /** Returns and forgets the reports so far. */
  public List<ErrorReport> takeReports() {
    List<ErrorReport> taken = new ArrayList<>(reports);
    reports.clear();
    return taken;
  }

  /** Whether something was reported that was not taken yet. */
  public boolean hasReports() {
    return !reports.isEmpty();
  }

  /** Closes the loop, and returns its reports of unfinished tasks. */
  public List<ErrorReport> abandon() {
    super.close();
    return takeReports();
  }

  /** Lets the others run until a condition holds; only in a task. */
  public static void yieldUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Awaiter.yieldOnce();
    }
  }

  /** Waits until a condition holds; only in a thread that does not belong to a loop. */
  @SuppressWarnings("ThreadPriorityCheck") // it only gives a core away while it polls
  public static void spinUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  /** Whether a thread waits for a lock, a monitor or an unpark. */
  public static boolean isWaiting(Thread thread) {
    return thread != null
        && switch (thread.getState()) {
          case BLOCKED, WAITING, TIMED_WAITING -> true;
          default -> false;
        };
  }

  @Override
  public void close() {
    super.close();
    assertThat(reports).as("reports to the exception handler").isEmpty();
  }
}
