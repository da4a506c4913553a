package org.asyncio4j.net;

/** A transport to read from: {@code asyncio.ReadTransport}. */
public interface ReadTransport extends BaseTransport {

  /** {@return whether the transport is reading: it is neither paused nor closing} */
  boolean isReading();

  /**
   * Pauses reading: the protocol receives no data after this call, and the peer is held up once the
   * system's buffers are full. Does nothing when paused or closing.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void pauseReading();

  /**
   * Resumes reading. Does nothing when not paused or when closing.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void resumeReading();
}
