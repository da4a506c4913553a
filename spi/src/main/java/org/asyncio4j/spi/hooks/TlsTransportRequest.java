package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.BaseEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The parameter of {@link BaseEventLoop#makeTlsTransport}.
 *
 * @param carrier the socket or transport that carries the ciphertext
 * @param protocol receives the decrypted data
 * @param options the TLS settings; for a client, with the server's name if it is known
 * @param role whether this end is the client or the server
 * @param waiter completed once the handshake is done and {@code connectionMade} was called, or
 *     failed with an {@link java.io.IOException}, unless it was cancelled
 * @param owner counts the TLS transport, if there is one
 * @param context the context in which all methods of the protocol are called
 */
public record TlsTransportRequest(
    Carrier carrier,
    StreamProtocol protocol,
    TlsOptions options,
    TlsRole role,
    Optional<Promise<@Nullable Void>> waiter,
    Optional<TransportOwner> owner,
    Context context) {

  /** The socket or transport that carries the ciphertext. */
  public sealed interface Carrier {}

  /**
   * A connection that speaks TLS from the beginning. {@code connectionMade} is called on the
   * protocol when the handshake is done.
   *
   * @param socket a connected socket of this loop; the transport owns it from now on
   */
  public record OfSocket(SocketHandle socket) implements Carrier {

    /** Checks the component. */
    public OfSocket {
      requireNonNull(socket, "socket");
    }
  }

  /**
   * A connection that switches to TLS: {@code startTls}. {@code connectionMade} is not called on
   * the protocol.
   *
   * @param transport any stream transport of this loop; the TLS transport alone uses it from now on
   * @param received the part of the TLS stream that its former protocol has received
   */
  public record OfTransport(Transport transport, ByteBuffer received) implements Carrier {

    /** Checks the components. */
    public OfTransport {
      requireNonNull(transport, "transport");
      requireNonNull(received, "received");
    }
  }

  /** Checks the components. */
  public TlsTransportRequest {
    requireNonNull(carrier, "carrier");
    requireNonNull(protocol, "protocol");
    requireNonNull(options, "options");
    requireNonNull(role, "role");
    requireNonNull(waiter, "waiter");
    requireNonNull(owner, "owner");
    requireNonNull(context, "context");
  }
}
