package org.example.asyncchannel;

import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.EventLoopTck;

/** Checks the loop of a third party by all rules. */
final class AsyncChannelLoopTest extends EventLoopTck {

  @Override
  protected EventLoopProvider provider() {
    return new AsyncChannelLoopProvider();
  }
}
