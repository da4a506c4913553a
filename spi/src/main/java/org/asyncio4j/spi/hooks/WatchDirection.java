package org.asyncio4j.spi.hooks;

/** The kind of readiness that a callback is notified of. */
public enum WatchDirection {
  /** There is something to read or to accept. */
  READ,

  /** There is room to write. */
  WRITE
}
