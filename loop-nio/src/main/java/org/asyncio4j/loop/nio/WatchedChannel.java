package org.asyncio4j.loop.nio;

import java.nio.channels.SelectableChannel;
import org.asyncio4j.spi.driver.Pollable;

/**
 * A channel of the application, to be watched.
 *
 * @param channel the channel
 */
record WatchedChannel(SelectableChannel channel) implements Pollable {

  WatchedChannel {
    if (channel.isBlocking()) {
      throw new IllegalArgumentException(
          "channel must be non-blocking to be watched: %s; call configureBlocking(false)"
              .formatted(channel));
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public String toString() {
    return channel.toString();
  }
}
