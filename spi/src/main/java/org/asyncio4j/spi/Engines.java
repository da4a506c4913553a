package org.asyncio4j.spi;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.spi.internal.fiber.CarrierEngine;
import org.asyncio4j.spi.internal.fiber.FiberEngine;
import org.asyncio4j.spi.internal.fiber.HandoffEngine;

/** Chooses the engine that runs the bodies of tasks. */
final class Engines {

  // Not a static initializer: a logger that throws would make the class unusable.
  private static final AtomicBoolean NOTICED = new AtomicBoolean();

  private Engines() {}

  static FiberEngine open(CoroutineMode mode, Object owner, String name, FiberEngine.Batch batch) {
    Optional<String> problem = CarrierEngine.problem();
    return switch (mode) {
      case HANDOFF -> new HandoffEngine(owner, name, batch);
      case CARRIER -> {
        problem.ifPresent(Engines::refuse);
        yield new CarrierEngine(owner, name, batch);
      }
      case AUTO -> {
        problem.ifPresent(Engines::notice);
        yield problem.isEmpty()
            ? new CarrierEngine(owner, name, batch)
            : new HandoffEngine(owner, name, batch);
      }
    };
  }

  private static void refuse(String problem) {
    throw new IllegalStateException("cannot use the carrier engine: " + problem);
  }

  private static void notice(String problem) {
    if (NOTICED.compareAndSet(false, true)) {
      System.getLogger("org.asyncio4j")
          .log(
              System.Logger.Level.WARNING,
              "Tasks run on the hand-off engine, which is slower and lets a task that blocks hold"
                  + " its loop: {0}",
              problem);
    }
  }
}
