package org.asyncio4j.spi.internal.cycle;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.asyncio4j.spi.internal.fiber.FiberEngine;

/**
 * The polls of a loop: decides whether a tick needs one, and where and how long it waits. Confined
 * to the loop's thread.
 */
final class LoopPoller {

  // A tick that has something to run may skip the poll if the last poll is more recent than this,
  // and if not too many consecutive ticks have skipped it.
  private static final long SKIP_NANOS = Duration.ofNanos(50_000).toNanos();
  private static final int SKIP_TICKS = 256;

  // If another thread polls, switching to it and back costs more than the poll itself, and much
  // more on a busy machine: a busy loop spends at most this fraction of its time on it.
  private static final int SHARE_OF_POLLS = 16;
  private static final long LONGEST_SKIP_NANOS = Duration.ofMillis(10).toNanos();
  private static final int SKIP_TICKS_ELSEWHERE = 16_384;

  private final LoopCycle cycle;
  private final LoopCycle.Host host;
  private final PollHooks hooks;
  private final LongSupplier clock;
  private final Inbox inbox;
  private final AdaptiveSpin spin = AdaptiveSpin.ofSystem();
  private final FiberEngine.Poll flushAndPoll;
  private final FiberEngine.Poll lastFlush;
  private long skipNanos = SKIP_NANOS;
  private int skipTicks = SKIP_TICKS;
  private long polledAt;
  private int skipped;

  LoopPoller(
      LoopCycle cycle, LoopCycle.Host host, PollHooks hooks, LongSupplier clock, Inbox inbox) {
    this.cycle = cycle;
    this.host = host;
    this.hooks = hooks;
    this.clock = clock;
    this.inbox = inbox;
    this.flushAndPoll =
        wait -> {
          hooks.flush(false);
          hooks.poll(wait);
        };
    this.lastFlush = wait -> hooks.flush(true);
  }

  /**
   * Returns whether a tick that has something to run may skip its poll; if so, the skip is counted.
   */
  boolean maySkip() {
    if (skipped >= skipTicks || clock.getAsLong() - polledAt > skipNanos) {
      return false;
    }
    skipped++;
    return true;
  }

  /** Polls once, or repeatedly before it sleeps if spinning pays. */
  void poll(long wait) throws IOException {
    boolean here = host.engine().pollsWhereItTicks();
    boolean spins = wait != 0 && here && !spin.isOff();
    long begin = spins ? System.nanoTime() : 0;
    long limit = spins ? Math.min(spin.nextNanos(), wait) : 0;
    if (limit == 0 || !found(begin, limit)) {
      boolean sleeps = wait != 0 && inbox.mayNowSleep();
      try {
        long left = sleeps ? left(wait, begin, limit) : 0;
        if (here) {
          hooks.flush(false);
          hooks.poll(left);
        } else {
          pollElsewhere(left);
        }
      } finally {
        inbox.awake();
      }
      if (spins) {
        spin.slept(System.nanoTime() - begin, limit > 0);
      }
    }
    skipped = 0;
    polledAt = clock.getAsLong();
  }

  private void pollElsewhere(long wait) throws IOException {
    long begin = System.nanoTime();
    host.engine().poll(wait, flushAndPoll);
    if (wait == 0) {
      long cost = System.nanoTime() - begin;
      skipNanos = Math.clamp(SHARE_OF_POLLS * cost, SKIP_NANOS, LONGEST_SKIP_NANOS);
      skipTicks = SKIP_TICKS_ELSEWHERE;
    }
  }

  /**
   * Called when the run ends: no poll follows in which the loop could submit requests to the
   * system.
   */
  void end() throws IOException {
    host.engine().poll(0, lastFlush);
  }

  /** Uses the processor's clock, not the loop's, because it measures real work. */
  private boolean found(long begin, long limit) throws IOException {
    do {
      hooks.flush(false);
      hooks.poll(0);
      if (cycle.hasWork()) {
        spin.found();
        return true;
      }
    } while (System.nanoTime() - begin < limit);
    return false;
  }

  private static long left(long wait, long begin, long limit) {
    return limit == 0 || wait == Long.MAX_VALUE
        ? wait
        : Math.max(wait - (System.nanoTime() - begin), 0);
  }
}
