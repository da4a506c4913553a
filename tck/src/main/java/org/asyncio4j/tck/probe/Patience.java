package org.asyncio4j.tck.probe;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.asyncio4j.tck.kit.TckSettings;

/**
 * Waits for what must happen, and checks that something does not happen; for threads outside a
 * loop.
 */
public final class Patience {

  private static final long PAUSE_NANOS = 500_000;
  private static final long SLICE_MILLIS = 50;
  // Cleanup actions need time to run between two collections.
  private static final Duration BETWEEN_COLLECTIONS = Duration.ofMillis(50);

  private final TckSettings settings;

  /**
   * Creates a patience.
   *
   * @param settings the time limits
   */
  public Patience(TckSettings settings) {
    this.settings = settings;
  }

  /**
   * Waits for a condition.
   *
   * @param fact what must become true, as a sentence
   * @param condition whether it is
   */
  public void until(String fact, BooleanSupplier condition) {
    if (!happensWithin(settings.patience(), condition)) {
      throw new RuleViolation(
          "%s, but this was not the case within %s".formatted(fact, settings.patience()));
    }
  }

  /**
   * Waits for a latch.
   *
   * @param fact what must happen, as a sentence
   * @param latch counted down when it happens
   */
  public void await(String fact, CountDownLatch latch) {
    try {
      long deadline = FairClock.deadline(settings.patience());
      while (!latch.await(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
        if (FairClock.nanoTime() >= deadline) {
          throw new RuleViolation(
              "%s, but that did not happen within %s".formatted(fact, settings.patience()));
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RuleViolation("%s, but the wait was interrupted".formatted(fact), interrupted);
    }
  }

  /**
   * Runs the garbage collector until a condition holds.
   *
   * @param fact what must become true, as a sentence
   * @param condition whether it is
   */
  public void untilCollected(String fact, BooleanSupplier condition) {
    until(
        fact,
        () -> {
          System.gc();
          return holdsWithin(BETWEEN_COLLECTIONS, condition);
        });
  }

  /**
   * Checks for the quiet period that a condition stays true.
   *
   * @param fact what must stay true, as a sentence
   * @param condition whether it still is
   */
  public void during(String fact, BooleanSupplier condition) {
    if (holdsWithin(settings.quietPeriod(), () -> !condition.getAsBoolean())) {
      throw new RuleViolation(fact + ", but this is not the case");
    }
  }

  // What must happen may take long on a busy machine.
  private static boolean happensWithin(Duration limit, BooleanSupplier condition) {
    long deadline = FairClock.deadline(limit);
    while (!condition.getAsBoolean()) {
      if (FairClock.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
        return condition.getAsBoolean();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  static boolean holdsWithin(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        return condition.getAsBoolean();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }
}
