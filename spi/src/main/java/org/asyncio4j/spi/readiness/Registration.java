package org.asyncio4j.spi.readiness;

/** A socket that a poller watches. */
public interface Registration {

  /** {@return the {@link Interest} bits that are watched for} */
  int interest();

  /**
   * Changes what is watched for; level-triggered. Costs nothing if it is watched for already. Does
   * nothing after {@link #cancel()}.
   *
   * @param interest {@link Interest} bits
   * @throws java.io.UncheckedIOException if the system refuses, which means that it is out of
   *     memory
   */
  void setInterest(int interest);

  /**
   * Ends the watching for good, before the socket is closed. The listener hears nothing after this
   * call, not even of events that the current poll found already. Does nothing when repeated.
   */
  void cancel();
}
