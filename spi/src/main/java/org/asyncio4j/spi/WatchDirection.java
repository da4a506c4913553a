package org.asyncio4j.spi;

/** What a callback is to be told of. */
public enum WatchDirection {
  /** That there is something to read or to accept. */
  READ,

  /** That there is room to write. */
  WRITE
}
