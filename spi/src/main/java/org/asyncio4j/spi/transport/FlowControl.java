package org.asyncio4j.spi.transport;

import org.asyncio4j.net.WriteBufferLimits;

/**
 * Decides from the size of a write buffer when its writer must pause and resume. Makes no calls.
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
   * Notes that the buffer may have grown.
   *
   * @param size its size
   * @return whether the writer must pause now
   */
  boolean pausesAt(long size) {
    if (paused || size <= limits.highBytes()) {
      return false;
    }
    paused = true;
    return true;
  }

  /**
   * Notes that the buffer may have shrunk.
   *
   * @param size its size
   * @return whether the writer may resume now
   */
  boolean resumesAt(long size) {
    if (!paused || size > limits.lowBytes()) {
      return false;
    }
    paused = false;
    return true;
  }
}
