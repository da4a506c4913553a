package org.asyncio4j.spi.internal.fiber;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lets the thread that runs a loop wait for the loop's own thread. */
final class Joining {

  private Joining() {}

  /** Waits until a thread has ended; an interrupt is kept for later. */
  static void uninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static void rethrow(@Nullable Throwable thrown) throws IOException {
    switch (thrown) {
      case null -> {}
      case IOException failure -> throw failure;
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      default ->
          throw new IllegalStateException("the loop's thread ended with an exception", thrown);
    }
  }
}
