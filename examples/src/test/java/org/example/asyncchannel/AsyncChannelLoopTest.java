package org.example.asyncchannel;

import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.EventLoopTck;

/** Runs all rules on a third-party loop. */
final class AsyncChannelLoopTest extends EventLoopTck {

  @Override
  protected EventLoopProvider provider() {
    return new AsyncChannelLoopProvider();
  }
}
