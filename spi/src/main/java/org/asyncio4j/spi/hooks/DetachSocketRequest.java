package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.net.socket.BaseSocket;
import org.asyncio4j.spi.BaseEventLoop;

/**
 * The parameter of {@link BaseEventLoop#detachSocket}.
 *
 * @param socket a socket that the application has used directly
 */
public record DetachSocketRequest(BaseSocket socket) {

  /** Checks the components. */
  public DetachSocketRequest {
    requireNonNull(socket, "socket");
  }
}
