package org.asyncio4j.benchmarks;

/** Calls an action after a number of countdowns by one thread. */
final class Countdown {

  private final Runnable action;
  private int left;

  Countdown(int count, Runnable action) {
    this.left = count;
    this.action = action;
  }

  void countDown() {
    if (--left == 0) {
      action.run();
    }
  }
}
