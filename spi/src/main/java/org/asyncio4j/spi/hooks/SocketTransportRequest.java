package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.BaseEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The parameter of {@link BaseEventLoop#makeSocketTransport}.
 *
 * @param socket a connected socket of this loop; the transport owns it from now on
 * @param protocol receives the events of the transport
 * @param waiter completed once {@code connectionMade} was called and reading has started, unless it
 *     was cancelled
 * @param owner counts the transport, if there is one
 * @param context the context in which all methods of the protocol are called
 */
public record SocketTransportRequest(
    SocketHandle socket,
    StreamProtocol protocol,
    Optional<Promise<@Nullable Void>> waiter,
    Optional<TransportOwner> owner,
    Context context) {

  /** Checks the components. */
  public SocketTransportRequest {
    requireNonNull(socket, "socket");
    requireNonNull(protocol, "protocol");
    requireNonNull(waiter, "waiter");
    requireNonNull(owner, "owner");
    requireNonNull(context, "context");
  }
}
