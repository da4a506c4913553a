package org.asyncio4j.tck.run;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.probe.FairClock;

/**
 * Opens and runs a loop once before the rules run: to find out whether it can be judged here, and
 * to make the JDK open everything that it opens only once.
 */
final class Preflight {

  private static final long SLICE_MILLIS = 20;

  private final TckSettings settings;

  Preflight(TckSettings settings) {
    this.settings = settings;
  }

  Readiness of(Subject subject) {
    WarmUp.once();
    Optional<String> missing = subject.engine().obstacle();
    if (missing.isPresent()) {
      return new Readiness.Absent(missing.get());
    }
    return switch (subject.provider().availability()) {
      case Availability.Unavailable(String reason) ->
          new Readiness.Absent("not available: " + reason);
      case Availability.Available() -> open(subject);
    };
  }

  private Readiness open(Subject subject) {
    AtomicReference<Readiness> found =
        new AtomicReference<>(
            new Readiness.Unopenable(
                "its first run did not end within %s".formatted(settings.ruleLimit())));
    Thread thread =
        Thread.ofPlatform().daemon().name("tck-preflight").start(() -> found.set(attempt(subject)));
    long deadline = FairClock.deadline(settings.ruleLimit());
    try {
      thread.join(SLICE_MILLIS);
      while (thread.isAlive() && FairClock.nanoTime() < deadline) {
        thread.join(SLICE_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return found.get();
  }

  /** Faults in a loop that opens are left to the rules. */
  private static Readiness attempt(Subject subject) {
    EventLoop loop;
    try {
      loop = subject.provider().open(subject.context());
    } catch (Throwable thrown) {
      return new Readiness.Unopenable("open throws " + thrown);
    }
    try (loop) {
      boolean ignored = loop.runUntilComplete(loop.createTask(() -> true));
    } catch (RuntimeException | Error fault) {
      return new Readiness.Ready();
    }
    return new Readiness.Ready();
  }
}
