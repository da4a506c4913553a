package org.asyncio4j.spi;

/** The source of a loop's time; tests supply their own clock. */
@FunctionalInterface
public interface NanoClock {

  /**
   * {@return a monotonic time in nanoseconds, with an arbitrary origin} Callable from any thread.
   */
  long nanoTime();

  /** {@return the system's monotonic clock} */
  static NanoClock system() {
    return System::nanoTime;
  }
}
