package org.asyncio4j.spi.driver;

import java.net.SocketAddress;
import org.asyncio4j.spi.hooks.SocketHandle;

/** A non-blocking socket that a poller of the same driver can watch. */
public interface PollableSocket extends SocketHandle, Pollable {

  /**
   * {@inheritDoc} Called from any thread. Asks the system only when the address may have changed,
   * in {@code bind} and {@code connect}, and on the first call, which is made on the loop's thread.
   */
  @Override
  SocketAddress localAddress();

  @Override
  boolean isOpen();
}
