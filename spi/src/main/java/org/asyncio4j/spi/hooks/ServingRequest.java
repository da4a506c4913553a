package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.spi.BaseEventLoop;

/**
 * The parameter of {@link BaseEventLoop#startServing}.
 *
 * @param listener a socket that {@link BaseEventLoop#bindSocket} returned
 * @param backlog how many connections may wait to be accepted
 * @param onAccepted receives each accepted connection, a connected socket of this loop, in a
 *     callback; it never throws, and owns the socket from then on
 * @param context the context in which the loop calls {@code onAccepted}
 */
public record ServingRequest(
    SocketHandle listener, int backlog, Consumer<SocketHandle> onAccepted, Context context) {

  /** Checks the components. */
  public ServingRequest {
    requireNonNull(listener, "listener");
    requireNonNull(onAccepted, "onAccepted");
    requireNonNull(context, "context");
  }
}
