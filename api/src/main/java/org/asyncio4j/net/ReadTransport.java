package org.asyncio4j.net;

/** A transport that one can read from: {@code asyncio.ReadTransport}. */
public interface ReadTransport extends BaseTransport {

  /** {@return whether the transport reads: neither paused nor closing} */
  boolean isReading();

  /**
   * Stops reading: the protocol hears of no data after this call, and the peer feels it once the
   * system's buffers are full. Does nothing when paused or closing.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void pauseReading();

  /**
   * Reads again. Does nothing when not paused or when closing.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void resumeReading();
}
