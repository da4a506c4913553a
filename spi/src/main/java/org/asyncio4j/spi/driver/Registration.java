package org.asyncio4j.spi.driver;

/** A socket that a poller watches. */
public interface Registration {

  /** {@return the watched {@link Interest} bits} */
  int interest();

  /**
   * Changes the watched kinds of readiness; level-triggered. Costs nothing if they are watched
   * already. Does nothing after {@link #cancel()}.
   *
   * @param interest {@link Interest} bits
   * @throws java.io.UncheckedIOException if the system refuses, which means that it is out of
   *     memory
   */
  void setInterest(int interest);

  /**
   * Stops watching permanently, before the socket is closed. The listener is not notified after
   * this call, not even of events that the current poll has already found. Further calls do
   * nothing.
   */
  void cancel();
}
