package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.spi.BaseEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The parameter of {@link BaseEventLoop#makeDatagramTransport}.
 *
 * @param socket a socket that {@code openDatagram} of this loop opened; the transport owns it from
 *     now on
 * @param protocol receives the events of the transport
 * @param peer the only address to send to, if there is one: the peer of a connected socket, or an
 *     address that the transport must supply itself
 * @param waiter completed once {@code connectionMade} was called and reading has started, unless it
 *     was cancelled
 * @param context the context in which all methods of the protocol are called
 * @param beforeClose runs before {@code connectionLost} is called and the socket is closed, for any
 *     reason, on the loop's thread or while the loop closes; running it again does nothing. It
 *     deletes the file of a Unix socket, whose inode may be reused once the socket is closed
 */
public record DatagramTransportRequest(
    SocketHandle socket,
    DatagramProtocol protocol,
    Optional<SocketAddress> peer,
    Optional<Promise<@Nullable Void>> waiter,
    Context context,
    Runnable beforeClose) {

  /** Checks the components. */
  public DatagramTransportRequest {
    requireNonNull(socket, "socket");
    requireNonNull(protocol, "protocol");
    requireNonNull(peer, "peer");
    requireNonNull(waiter, "waiter");
    requireNonNull(context, "context");
    requireNonNull(beforeClose, "beforeClose");
  }
}
