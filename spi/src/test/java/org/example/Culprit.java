package org.example;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Code of a user: its frames show in stacks, which leave those of the framework out. */
public final class Culprit {

  private Culprit() {}

  /** Keeps its loop from going on, without a pause in which others could run. */
  public static void holdUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /** Parks. */
  public static void park(CountDownLatch latch) throws InterruptedException {
    latch.await();
  }

  /** Parks in another place. */
  public static void parkElsewhere(CountDownLatch latch) throws InterruptedException {
    latch.await();
  }
}
