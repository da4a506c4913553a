package org.asyncio4j.spi;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

/** What the interrupt of a blocking call of the JDK looks like to who made the call. */
final class Interrupts {

  private Interrupts() {}

  /** Whether a body that ends with a failure has heard of an interrupt. */
  static boolean areToldOfBy(Throwable failure) {
    return switch (failure) {
      case InterruptedException _, ClosedByInterruptException _ -> true;
      case InterruptedIOException io -> !(io instanceof SocketTimeoutException);
      default -> false;
    };
  }
}
