package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.core.Context;
import org.asyncio4j.internal.describe.Described;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.BaseEventLoop;

/**
 * The parameter of {@link BaseEventLoop#watch}.
 *
 * @param what the object to watch
 * @param direction the kind of readiness
 * @param callback called in each tick in which the object is ready
 * @param context the context in which the callback is called
 */
public record WatchRequest(
    Watchable what, WatchDirection direction, Runnable callback, Context context) {

  /** Checks the components. */
  public WatchRequest {
    requireNonNull(what, "what");
    requireNonNull(direction, "direction");
    requireNonNull(callback, "callback");
    requireNonNull(context, "context");
  }

  @Override
  public String toString() {
    return "%s when %s can be %s"
        .formatted(
            Described.callback(callback),
            Described.object(what),
            direction == WatchDirection.READ ? "read" : "written");
  }
}
