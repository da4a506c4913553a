package org.asyncio4j.spi;

import java.io.IOException;
import java.time.Duration;
import org.asyncio4j.spi.internal.fiber.FiberEngine;

/**
 * The polls of a loop: whether a tick needs one, and where and how long it waits. On the loop's
 * thread.
 */
final class LoopPolling {

  // A tick that has something to run may do without a poll if the last one is younger than this,
  // and if not too many ticks in a row did.
  private static final long SKIP_NANOS = Duration.ofNanos(50_000).toNanos();
  private static final int SKIP_TICKS = 256;

  private final LoopCore core;
  private final Hooks hooks;
  private final NanoClock clock;
  private final Inbox inbox;
  private final AdaptiveSpin spin = AdaptiveSpin.ofSystem();
  private final FiberEngine.Poll flushAndPoll;
  private final FiberEngine.Poll lastFlush;
  private long polledAt;
  private int skipped;

  LoopPolling(LoopCore core, Hooks hooks, NanoClock clock, Inbox inbox) {
    this.core = core;
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

  /** Whether a tick that has something to run may do without a poll; if so, it counts as one. */
  boolean maySkip() {
    if (skipped >= SKIP_TICKS || clock.nanoTime() - polledAt > SKIP_NANOS) {
      return false;
    }
    skipped++;
    return true;
  }

  /** Polls once, or again and again before it sleeps if that is worth while. */
  void poll(long wait) throws IOException {
    boolean here = core.engine().pollsWhereItTicks();
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
          core.engine().poll(left, flushAndPoll);
        }
      } finally {
        inbox.awake();
      }
      if (spins) {
        spin.slept(System.nanoTime() - begin, limit > 0);
      }
    }
    skipped = 0;
    polledAt = clock.nanoTime();
  }

  /** The run ends: no poll follows in which the loop could hand requests to the system. */
  void end() throws IOException {
    if (core.engine().pollsWhereItTicks()) {
      hooks.flush(true);
    } else {
      core.engine().poll(0, lastFlush);
    }
  }

  /** The clock here is the processor's, whatever the loop's time is: it is about real work. */
  private boolean found(long begin, long limit) throws IOException {
    do {
      hooks.flush(false);
      hooks.poll(0);
      if (core.cycle().hasWork()) {
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
