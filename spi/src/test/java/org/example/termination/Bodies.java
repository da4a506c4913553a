package org.example.termination;

import java.util.concurrent.CountDownLatch;
import org.asyncio4j.Asyncio;

/** The common part of the bodies of these programs. */
final class Bodies {

  private Bodies() {}

  static void terminate() throws ReflectiveOperationException {
    Signals.raise("TERM");
    Signals.awaitTermination();
  }

  static void waitForever() {
    Object ignored = Asyncio.runningLoop().createFuture().await();
  }

  static void blockForever() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
