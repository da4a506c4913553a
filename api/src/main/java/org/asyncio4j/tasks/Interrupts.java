package org.asyncio4j.tasks;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

/** A cancellation as a body sees it that is parked in a blocking call of the JDK. */
final class Interrupts {

  private Interrupts() {}

  static boolean toldOfBy(Throwable thrown) {
    return switch (thrown) {
      case InterruptedException _, ClosedByInterruptException _ -> true;
      case InterruptedIOException io -> !(io instanceof SocketTimeoutException);
      default -> false;
    };
  }
}
