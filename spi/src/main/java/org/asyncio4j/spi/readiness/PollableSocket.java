package org.asyncio4j.spi.readiness;

import org.asyncio4j.spi.SocketHandle;

/** A non-blocking socket that a poller of the same driver can watch. */
public interface PollableSocket extends SocketHandle, Pollable {

  @Override
  boolean isOpen();
}
