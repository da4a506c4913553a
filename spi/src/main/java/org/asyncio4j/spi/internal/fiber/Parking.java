package org.asyncio4j.spi.internal.fiber;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for another thread, which changes a volatile field and then unparks this one. */
final class Parking {

  private Parking() {}

  /**
   * Parks the calling thread until a condition holds; an interrupt is kept for later.
   *
   * @param blocker the object that thread dumps show
   * @param condition reads what the other thread changes
   */
  static void until(Object blocker, BooleanSupplier condition) {
    boolean interrupted = false;
    while (!condition.getAsBoolean()) {
      LockSupport.park(blocker);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
