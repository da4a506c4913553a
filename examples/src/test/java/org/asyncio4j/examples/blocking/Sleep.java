package org.asyncio4j.examples.blocking;

/** A function for databases that run Java. */
public final class Sleep {

  private Sleep() {}

  /** Blocks until it is interrupted. */
  public static void forever() throws InterruptedException {
    Thread.sleep(Long.MAX_VALUE);
  }
}
