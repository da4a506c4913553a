package org.asyncio4j.spi;

/** Switches to a callback runner whose callback was parked. */
final class Resumption extends ReadyEntry {

  private final Runnable action;

  Resumption(Runnable action) {
    this.action = action;
  }

  @Override
  boolean runsOnCarrier() {
    return true;
  }

  @Override
  void run() {
    action.run();
  }

  @Override
  public String toString() {
    return "<Handle goes on with a callback that was parked>";
  }
}
