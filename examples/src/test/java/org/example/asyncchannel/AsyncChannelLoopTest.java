package org.example.asyncchannel;

import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.EventLoopTck;

/** Puts the loop of a third party to all rules. */
final class AsyncChannelLoopTest extends EventLoopTck {

  @Override
  protected EventLoopProvider provider() {
    return new AsyncChannelLoopProvider();
  }
}
