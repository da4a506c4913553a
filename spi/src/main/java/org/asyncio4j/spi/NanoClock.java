package org.asyncio4j.spi;

/** Where a loop gets its time from; tests bring a clock of their own. */
@FunctionalInterface
public interface NanoClock {

  /** {@return a monotonic time in nanoseconds, of any origin} Callable from any thread. */
  long nanoTime();

  /** {@return the system's monotonic clock} */
  static NanoClock system() {
    return System::nanoTime;
  }
}
