package org.asyncio4j.spi.internal.cycle;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.internal.cycle.SlowCallbackMonitor.Watched;
import org.asyncio4j.spi.internal.fiber.Fiber;
import org.asyncio4j.spi.internal.fiber.FiberEngine;
import org.jspecify.annotations.Nullable;

/**
 * The tick: purge cancelled timers, compute the wait, poll, queue what is ready, queue due timers,
 * run exactly what is queued now. The order is observable and specified (SPEC.md, scheduling).
 *
 * <p>Everything except {@link #wake} runs on the loop's thread.
 */
public final class LoopCycle implements FiberEngine.Cycle, FiberEngine.Batch {

  private static final long LONGEST_WAIT = Duration.ofHours(24).toNanos();

  /** The loop as its cycle sees it. */
  public interface Host {

    EventLoop eventLoop();

    FiberEngine engine();

    UnretrievedFailures unretrievedFailures();

    boolean isDebug();

    @Nullable Task<?> currentTask();

    void setCurrentTask(@Nullable Task<?> task);
  }

  private final Host host;
  private final LongSupplier clock;
  private final long origin;
  private final ReadyQueue ready = new ReadyQueue();
  private final TimerQueue timers = new TimerQueue();
  private final Inbox inbox;
  private final LoopPoller polling;
  private final SlowCallbackMonitor monitor;
  private volatile boolean stopping;
  private int remaining;
  private long ticks;

  public LoopCycle(Host host, PollHooks hooks, LongSupplier clock) {
    this.host = host;
    this.clock = clock;
    this.origin = clock.getAsLong();
    this.monitor = new SlowCallbackMonitor(clock);
    this.inbox = new Inbox(hooks::wakeUp);
    this.polling = new LoopPoller(this, host, hooks, clock, inbox);
  }

  @Override
  public long time() {
    return clock.getAsLong() - origin;
  }

  public ReadyQueue ready() {
    return ready;
  }

  public TimerQueue timers() {
    return timers;
  }

  public SlowCallbackMonitor monitor() {
    return monitor;
  }

  /** Returns the number of ticks that have begun. */
  public long ticks() {
    return ticks;
  }

  public void stop() {
    stopping = true;
  }

  /**
   * Returns whether the loop need not wait, because there is something to run or a reason to stop.
   */
  boolean hasWork() {
    return stopping || !ready.isEmpty() || !inbox.isEmpty();
  }

  /** Callable from any thread; never throws. */
  public void wake(ReadyEntry entry) {
    inbox.add(entry);
  }

  @Override
  public void run() throws IOException {
    try (Closeable _ = polling::end) {
      do {
        tick();
      } while (!stopping);
    } finally {
      stopping = false;
    }
  }

  /** Schedules a report in a callback, where user code may run. */
  public void reportSoon(ErrorReport report) {
    ready.add(new ReportEntry(host.eventLoop(), report));
  }

  /** Drops everything that is queued. */
  public void clear() {
    ready.clear();
    timers.clear();
    inbox.clear();
  }

  @Override
  public void runCallbacks(FiberEngine.Runner runner) {
    Fiber<?> fiber = runner.fiber();
    while (remaining > 0 || beginTickWithoutPoll()) {
      ReadyEntry next = ready.peek();
      if (next == null || next.runsOnCarrier()) {
        break;
      }
      ready.poll();
      remaining--;
      if (!next.isDropped()) {
        fiber.setContext(next.runContext());
        runReported(next);
        if (!runner.isCurrent()) {
          return;
        }
      }
    }
    fiber.setContext(null);
  }

  @Override
  public void callbackParked() {
    monitor.parked();
  }

  @Override
  public @Nullable Task<?> currentTask() {
    return host.currentTask();
  }

  @Override
  public void setCurrentTask(@Nullable Task<?> task) {
    host.setCurrentTask(task);
  }

  @Override
  public void resumeLater(Runnable action) {
    inbox.add(new Resumption(action));
  }

  private void tick() throws IOException {
    takeInbox();
    timers.purge();
    long wait = ready.isEmpty() && !stopping ? untilNextTimer() : 0;
    if (wait != 0 || !maySkipPoll()) {
      polling.poll(wait);
    }
    beginBatch();
    runReady();
  }

  /**
   * Begins the next tick in the runner, where the last tick has ended, if it needs no poll:
   * switching to the loop's thread and back would cost more than most callbacks.
   */
  private boolean beginTickWithoutPoll() {
    if (ready.isEmpty() || !maySkipPoll()) {
      return false;
    }
    timers.purge();
    beginBatch();
    return true;
  }

  private void beginBatch() {
    ticks++;
    takeInbox();
    takeDueTimers();
    takeCollectedFailures();
    remaining = ready.size();
  }

  private long untilNextTimer() {
    long earliest = timers.earliest();
    if (earliest == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    long now = time();
    // The difference of extreme times would overflow.
    return earliest <= now ? 0 : Math.min(earliest - now, LONGEST_WAIT);
  }

  private boolean maySkipPoll() {
    return !stopping && polling.maySkip();
  }

  private void takeInbox() {
    for (ReadyEntry entry = inbox.poll(); entry != null; entry = inbox.poll()) {
      ready.add(entry);
    }
  }

  private void takeDueTimers() {
    if (timers.size() == 0) {
      return;
    }
    long now = time();
    for (TimerCallback timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
      ready.add(timer);
    }
  }

  private void takeCollectedFailures() {
    ErrorReport report = host.unretrievedFailures().pollReport();
    if (report != null) {
      reportSoon(report);
    }
  }

  private void runReady() {
    while (remaining > 0) {
      ReadyEntry next = ready.peek();
      if (next == null) {
        throw new IllegalStateException(
            "cannot run the next callback: the ready queue lacks " + remaining + " entries");
      }
      if (next.runsOnCarrier()) {
        ready.poll();
        remaining--;
        runOnCarrier(next);
      } else {
        host.engine().runCallbacks();
      }
    }
  }

  private void runOnCarrier(ReadyEntry entry) {
    Watched watched = host.isDebug() ? monitor.begin(entry, Thread.currentThread()) : null;
    try {
      entry.run();
    } catch (Throwable thrown) {
      ready.add(new FailureEntry(host.eventLoop(), entry, thrown));
    }
    if (watched != null) {
      long slow = monitor.end(watched);
      if (slow > 0) {
        ready.add(new SlownessEntry(monitor, entry, slow));
      }
    }
  }

  private void runReported(ReadyEntry entry) {
    Watched watched = host.isDebug() ? monitor.begin(entry, Thread.currentThread()) : null;
    try {
      entry.run();
    } catch (Throwable thrown) {
      host.eventLoop().callExceptionHandler(FailureEntry.reportOf(entry, thrown));
    }
    if (watched != null) {
      long slow = monitor.end(watched);
      if (slow > 0) {
        monitor.warn(entry, slow);
      }
    }
  }
}
