package org.asyncio4j.spi.internal.tls;

import org.asyncio4j.net.WriteBufferLimits;

/**
 * Decides when the protocol above is to pause and to resume: because the transport below is full,
 * or because too much waits to be encrypted. It calls nobody.
 */
final class WritePacing {

  /** What the protocol is to be told. */
  enum Advice {
    NOTHING,
    PAUSE,
    RESUME
  }

  private boolean belowIsFull;
  private boolean paused;

  void belowIsFull(boolean changed) {
    belowIsFull = changed;
  }

  /**
   * Takes note of how much waits.
   *
   * @param pendingBytes what waits to be encrypted
   * @param limits the limits in force
   * @return what to tell the protocol now
   */
  Advice advice(long pendingBytes, WriteBufferLimits limits) {
    if (!paused && (belowIsFull || pendingBytes > limits.highBytes())) {
      paused = true;
      return Advice.PAUSE;
    }
    if (paused && !belowIsFull && pendingBytes <= limits.lowBytes()) {
      paused = false;
      return Advice.RESUME;
    }
    return Advice.NOTHING;
  }
}
