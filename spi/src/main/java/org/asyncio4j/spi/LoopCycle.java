package org.asyncio4j.spi;

import java.io.IOException;
import java.time.Duration;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.SlowCallbackMonitor.Watched;
import org.asyncio4j.spi.internal.fiber.Fiber;
import org.asyncio4j.spi.internal.fiber.FiberEngine;
import org.jspecify.annotations.Nullable;

/**
 * The tick: purge cancelled timers, compute the wait, poll, queue what is ready, queue due timers,
 * run exactly what is queued now. The order is observable and specified (SPEC.md, scheduling).
 *
 * <p>Everything here but {@link #wake} runs on the loop's thread.
 */
final class LoopCycle implements FiberEngine.Cycle, FiberEngine.Batch {

  private static final long LONGEST_WAIT = Duration.ofHours(24).toNanos();

  // A tick that has something to run may do without a poll if the last one is younger than this,
  // and if not too many ticks in a row did.
  private static final long POLL_SKIP_NANOS = Duration.ofNanos(50_000).toNanos();
  private static final int POLL_SKIP_TICKS = 256;

  private final LoopCore core;
  private final NanoClock clock;
  private final long origin;
  private final ReadyQueue ready = new ReadyQueue();
  private final TimerQueue timers = new TimerQueue();
  private final Inbox inbox;
  private final AdaptiveSpin spin = AdaptiveSpin.ofSystem();
  private final SlowCallbackMonitor monitor;
  private final FiberEngine.Poll hookPoll = this::callPoll;
  private volatile boolean stopping;
  private int remaining;
  private long polledAt;
  private int skippedPolls;
  private long ticks;

  LoopCycle(LoopCore core, NanoClock clock) {
    this.core = core;
    this.clock = clock;
    this.origin = clock.nanoTime();
    this.monitor = new SlowCallbackMonitor(clock);
    this.inbox = new Inbox(() -> core.loop().hooks().wakeUp());
  }

  @Override
  public long time() {
    return clock.nanoTime() - origin;
  }

  ReadyQueue ready() {
    return ready;
  }

  TimerQueue timers() {
    return timers;
  }

  SlowCallbackMonitor monitor() {
    return monitor;
  }

  /** How many ticks have begun. */
  long ticks() {
    return ticks;
  }

  void stop() {
    stopping = true;
  }

  /** From any thread; never throws. */
  void wake(ReadyEntry entry) {
    inbox.add(entry);
  }

  @Override
  public void run() throws IOException {
    try {
      do {
        tick();
      } while (!stopping);
    } finally {
      stopping = false;
    }
  }

  /** Has a report made in a callback, where the code of users may run. */
  void reportSoon(ErrorReport report) {
    ready.add(new ReportEntry(core.loop(), report));
  }

  /** Lets go of everything that is queued. */
  void clear() {
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
    return core.tasks().current();
  }

  @Override
  public void setCurrentTask(@Nullable Task<?> task) {
    core.tasks().setCurrent(task);
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
      poll(wait);
    }
    beginBatch();
    runReady();
  }

  /**
   * Begins the next tick where the last one has ended, in the runner, if it needs no poll: a switch
   * to the loop's thread and back would cost more than most callbacks.
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
    // A difference of extreme times would overflow.
    return earliest <= now ? 0 : Math.min(earliest - now, LONGEST_WAIT);
  }

  private boolean maySkipPoll() {
    if (stopping
        || skippedPolls >= POLL_SKIP_TICKS
        || clock.nanoTime() - polledAt > POLL_SKIP_NANOS) {
      return false;
    }
    skippedPolls++;
    return true;
  }

  private void poll(long wait) throws IOException {
    if (wait == 0) {
      core.engine().poll(0, hookPoll);
    } else if (spin.isOff() || !core.engine().maySpin()) {
      sleep(wait);
    } else {
      spinThenSleep(wait);
    }
    skippedPolls = 0;
    polledAt = clock.nanoTime();
  }

  private void sleep(long wait) throws IOException {
    try {
      core.engine().poll(inbox.mayNowSleep() ? wait : 0, hookPoll);
    } finally {
      inbox.awake();
    }
  }

  /** The clock here is the processor's, whatever the loop's time is: it is about real work. */
  private void spinThenSleep(long wait) throws IOException {
    long limit = Math.min(spin.nextNanos(), wait);
    long start = System.nanoTime();
    long spent = 0;
    while (spent < limit) {
      core.engine().poll(0, hookPoll);
      if (!ready.isEmpty() || !inbox.isEmpty() || stopping) {
        spin.found();
        return;
      }
      spent = System.nanoTime() - start;
    }
    if (spent < wait) {
      sleep(wait == Long.MAX_VALUE ? wait : wait - spent);
    }
    spin.slept(System.nanoTime() - start, limit > 0);
  }

  private void callPoll(long wait) throws IOException {
    core.loop().hooks().poll(wait);
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
    ErrorReport report = core.unretrievedFailures().pollReport();
    if (report != null) {
      reportSoon(report);
    }
  }

  private void runReady() {
    while (remaining > 0) {
      ReadyEntry next = ready.peek();
      if (next == null) {
        throw new IllegalStateException("ready queue must hold " + remaining + " entries more");
      }
      if (next.runsOnCarrier()) {
        ready.poll();
        remaining--;
        runOnCarrier(next);
      } else {
        core.engine().runCallbacks();
      }
    }
  }

  private void runOnCarrier(ReadyEntry entry) {
    Watched watched = core.isDebug() ? monitor.begin(entry, Thread.currentThread()) : null;
    try {
      entry.run();
    } catch (Throwable thrown) {
      ready.add(new FailureEntry(core.loop(), entry, thrown));
    }
    if (watched != null) {
      long slow = monitor.end(watched);
      if (slow > 0) {
        ready.add(new SlownessEntry(monitor, entry, slow));
      }
    }
  }

  private void runReported(ReadyEntry entry) {
    Watched watched = core.isDebug() ? monitor.begin(entry, Thread.currentThread()) : null;
    try {
      entry.run();
    } catch (Throwable thrown) {
      core.loop().callExceptionHandler(FailureEntry.reportOf(entry, thrown));
    }
    if (watched != null) {
      long slow = monitor.end(watched);
      if (slow > 0) {
        monitor.warn(entry, slow);
      }
    }
  }
}
