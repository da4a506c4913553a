package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.BaseEventLoop;

/**
 * The parameter of {@link BaseEventLoop#unwatch}.
 *
 * @param what the object that may be watched
 * @param direction the kind of readiness
 */
public record UnwatchRequest(Watchable what, WatchDirection direction) {

  /** Checks the components. */
  public UnwatchRequest {
    requireNonNull(what, "what");
    requireNonNull(direction, "direction");
  }
}
