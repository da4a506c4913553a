package org.example.asyncchannel;

import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.EventLoopTck;

/** Checks a third-party loop against all rules. */
final class AsyncChannelLoopTest extends EventLoopTck {

  @Override
  protected EventLoopProvider provider() {
    return new AsyncChannelLoopProvider();
  }
}
