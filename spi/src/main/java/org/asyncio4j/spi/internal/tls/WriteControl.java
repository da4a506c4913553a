package org.asyncio4j.spi.internal.tls;

import org.asyncio4j.net.WriteBufferLimits;

/**
 * Decides when the protocol above must pause and resume: because the transport below is full, or
 * because too much data waits to be encrypted. Makes no calls.
 */
final class WriteControl {

  /** The action for the protocol. */
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
   * Notes the amount of waiting data.
   *
   * @param pendingBytes the number of bytes that wait to be encrypted
   * @param limits the limits in force
   * @return the action for the protocol now
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
