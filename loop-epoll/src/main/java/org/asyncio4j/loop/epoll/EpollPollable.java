package org.asyncio4j.loop.epoll;

import java.nio.channels.ClosedChannelException;
import org.asyncio4j.spi.readiness.Pollable;

/** Something with a descriptor. */
sealed interface EpollPollable extends Pollable permits EpollSocket, ForeignDescriptor {

  /** The descriptor. */
  int fd() throws ClosedChannelException;
}
