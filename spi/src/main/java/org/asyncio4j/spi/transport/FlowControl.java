package org.asyncio4j.spi.transport;

import org.asyncio4j.net.WriteBufferLimits;

/**
 * Decides, by the size of a write buffer, when its writer is to pause and to resume. It calls
 * nobody.
 */
final class FlowControl {

  private WriteBufferLimits limits = WriteBufferLimits.defaults();
  private boolean paused;

  WriteBufferLimits limits() {
    return limits;
  }

  void setLimits(WriteBufferLimits changed) {
    limits = changed;
  }

  /**
   * Takes note of a buffer that may have grown.
   *
   * @param size its size
   * @return whether the writer is to pause now
   */
  boolean pausesAt(long size) {
    if (paused || size <= limits.highBytes()) {
      return false;
    }
    paused = true;
    return true;
  }

  /**
   * Takes note of a buffer that may have shrunk.
   *
   * @param size its size
   * @return whether the writer is to resume now
   */
  boolean resumesAt(long size) {
    if (!paused || size > limits.lowBytes()) {
      return false;
    }
    paused = false;
    return true;
  }
}
