package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The parameter of {@link BaseEventLoop#makeTlsTransport}.
 *
 * @param carrier what carries the ciphertext
 * @param protocol who hears of what is decrypted
 * @param options how to speak TLS; of a client with the server's name, if that is known
 * @param role who begins the handshake
 * @param waiter completed once the handshake is done and {@code connectionMade} was called, or
 *     failed with an {@link java.io.IOException}, unless cancelled
 * @param owner keeps count of the TLS transport, if anybody does
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

  /** What carries the ciphertext. */
  public sealed interface Carrier {}

  /**
   * A connection that is to speak TLS from the beginning. The protocol hears {@code connectionMade}
   * when the handshake is done.
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
   * A connection that has spoken something else before: {@code startTls}. The protocol does not
   * hear {@code connectionMade}.
   *
   * @param transport any stream transport of this loop; nobody else uses it from now on
   * @param received what its former protocol has heard of the TLS stream
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
