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

  // Where another thread polls, the way to it and back costs more than the poll itself, and on a
  // busy machine much more: a loop that is busy takes it for this part of its time at most.
  private static final int SHARE_OF_POLLS = 16;
  private static final long LONGEST_SKIP_NANOS = Duration.ofMillis(10).toNanos();
  private static final int SKIP_TICKS_ELSEWHERE = 16_384;

  private final LoopCore core;
  private final Hooks hooks;
  private final NanoClock clock;
  private final Inbox inbox;
  private final AdaptiveSpin spin = AdaptiveSpin.ofSystem();
  private final FiberEngine.Poll flushAndPoll;
  private final FiberEngine.Poll lastFlush;
  private long skipNanos = SKIP_NANOS;
  private int skipTicks = SKIP_TICKS;
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
    if (skipped >= skipTicks || clock.nanoTime() - polledAt > skipNanos) {
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
    polledAt = clock.nanoTime();
  }

  private void pollElsewhere(long wait) throws IOException {
    long begin = System.nanoTime();
    core.engine().poll(wait, flushAndPoll);
    if (wait == 0) {
      long cost = System.nanoTime() - begin;
      skipNanos = Math.clamp(SHARE_OF_POLLS * cost, SKIP_NANOS, LONGEST_SKIP_NANOS);
      skipTicks = SKIP_TICKS_ELSEWHERE;
    }
  }

  /** The run ends: no poll follows in which the loop could hand requests to the system. */
  void end() throws IOException {
    core.engine().poll(0, lastFlush);
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
