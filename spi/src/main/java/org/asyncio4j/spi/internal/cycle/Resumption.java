package org.asyncio4j.spi.internal.cycle;

/** Switches to a callback runner whose callback was parked. */
final class Resumption extends ReadyEntry {

  private final Runnable action;

  Resumption(Runnable action) {
    this.action = action;
  }

  @Override
  public boolean runsOnCarrier() {
    return true;
  }

  @Override
  public void run() {
    action.run();
  }

  @Override
  public String toString() {
    return "<Handle resumes a parked callback>";
  }
}
