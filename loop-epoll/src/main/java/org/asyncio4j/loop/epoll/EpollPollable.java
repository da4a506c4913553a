package org.asyncio4j.loop.epoll;

import java.nio.channels.ClosedChannelException;
import org.asyncio4j.spi.driver.Pollable;

/** An object with a descriptor. */
sealed interface EpollPollable extends Pollable permits EpollSocket, ForeignDescriptor {

  /** Returns the descriptor. */
  int fd() throws ClosedChannelException;
}
