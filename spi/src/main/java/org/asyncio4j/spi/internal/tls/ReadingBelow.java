package org.asyncio4j.spi.internal.tls;

import org.asyncio4j.net.Transport;

/** Pauses and resumes the transport below, when that changes anything. */
final class ReadingBelow {

  private boolean reads;

  /** The transport below has begun to read by itself. */
  void begun() {
    reads = true;
  }

  void update(Transport below, boolean wanted) {
    if (wanted == reads || below.isClosing()) {
      return;
    }
    reads = wanted;
    if (wanted) {
      below.resumeReading();
    } else {
      below.pauseReading();
    }
  }
}
