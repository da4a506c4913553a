package org.asyncio4j.spi.readiness;

import java.net.SocketAddress;
import org.asyncio4j.spi.SocketHandle;

/** A non-blocking socket that a poller of the same driver can watch. */
public interface PollableSocket extends SocketHandle, Pollable {

  /**
   * {@inheritDoc} Called from any thread: asks the system only when the address may have changed,
   * in {@code bind} and {@code connect}, and when it is called for the first time, which is on the
   * loop's thread.
   */
  @Override
  SocketAddress localAddress();

  @Override
  boolean isOpen();
}
