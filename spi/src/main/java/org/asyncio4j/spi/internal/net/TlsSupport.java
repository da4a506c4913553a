package org.asyncio4j.spi.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.hooks.TlsTransportRequest;
import org.asyncio4j.spi.hooks.TransportOwner;
import org.asyncio4j.spi.internal.tls.FormerProtocol;
import org.asyncio4j.spi.internal.tls.ServerSelfTest;
import org.asyncio4j.spi.internal.tls.TlsBuffers;
import org.asyncio4j.spi.internal.tls.TlsEngines;
import org.asyncio4j.spi.internal.tls.TlsOverTransport;
import org.asyncio4j.spi.internal.tls.TlsSetup;
import org.jspecify.annotations.Nullable;

/** TLS for every loop, over the loop's stream transports; and {@code startTls}. */
public final class TlsSupport {

  private final NetworkLoop loop;
  private final TlsBuffers buffers = new TlsBuffers();
  private final ServerSelfTest selfTest = new ServerSelfTest();

  public TlsSupport(NetworkLoop loop) {
    this.loop = loop;
  }

  /** The default implementation of {@code makeTlsTransport}. */
  public Transport make(TlsTransportRequest request) throws IOException {
    return switch (request.carrier()) {
      case TlsTransportRequest.OfSocket(SocketHandle socket) -> over(socket, request);
      case TlsTransportRequest.OfTransport(Transport below, ByteBuffer received) -> {
        int port = below.extraInfo(ExtraInfo.PEERNAME).map(TlsSupport::portOf).orElse(-1);
        TlsOverTransport tls = prepare(request, port, Optional.of(below.protocol()));
        tls.takeOver(below, received);
        request.owner().ifPresent(owner -> owner.attach(tls.transport()));
        yield tls.transport();
      }
    };
  }

  public Transport start(
      Transport below,
      StreamProtocol protocol,
      TlsOptions options,
      TlsRole role,
      ByteBuffer received)
      throws IOException {
    loop.requireTask("startTls");
    TlsEngines.require(Optional.of(options), role);
    if (below.isClosing()) {
      throw new IOException("cannot start TLS over %s: it is closing".formatted(below));
    }
    FormerProtocol former = new FormerProtocol(below.protocol());
    Promise<@Nullable Void> waiter = loop.eventLoop().createFuture();
    Transport transport = takeOver(below, former, protocol, options, role, received, waiter);
    try {
      waiter.awaitThrowing(IOException.class);
      if (transport.isClosing()) {
        throw former.loss();
      }
      return transport;
    } catch (Throwable thrown) {
      former.endWith(thrown);
      transport.setProtocol(former); // notified even if the handshake was done
      transport.abort();
      below.abort();
      throw thrown;
    }
  }

  private Transport takeOver(
      Transport below,
      FormerProtocol former,
      StreamProtocol protocol,
      TlsOptions options,
      TlsRole role,
      ByteBuffer received,
      Promise<@Nullable Void> waiter)
      throws IOException {
    below.setProtocol(former);
    try {
      return loop.hooks()
          .makeTlsTransport(
              new TlsTransportRequest(
                  new TlsTransportRequest.OfTransport(below, received),
                  protocol,
                  options,
                  role,
                  Optional.of(waiter),
                  Optional.empty(),
                  Context.copyCurrent()));
    } finally {
      if (below.protocol() == former) {
        below.setProtocol(former.former()); // TLS was refused
      }
    }
  }

  private Transport over(SocketHandle socket, TlsTransportRequest request) throws IOException {
    int port = socket.remoteAddress().map(TlsSupport::portOf).orElse(-1);
    TlsOverTransport tls = prepare(request, port, Optional.empty());
    Optional<TransportOwner> owner =
        request.owner().map(counting -> new CountsInstead(counting, tls.transport()));
    tls.attach(
        loop.hooks()
            .makeSocketTransport(
                new SocketTransportRequest(
                    socket, tls.protocolBelow(), Optional.empty(), owner, request.context())));
    return tls.transport();
  }

  private TlsOverTransport prepare(
      TlsTransportRequest request, int peerPort, Optional<StreamProtocol> former)
      throws IOException {
    return new TlsOverTransport(
        loop.eventLoop(),
        buffers,
        new TlsEngines(
            loop.eventLoop()::callExceptionHandler,
            selfTest,
            request.options(),
            request.role(),
            peerPort),
        new TlsSetup(
            request.protocol(), request.options(), request.waiter(), request.context(), former));
  }

  private static int portOf(Object address) {
    return address instanceof InetSocketAddress internet ? internet.getPort() : -1;
  }

  /**
   * Makes the owner of the socket's transport count the transport above it, which it can close
   * properly.
   */
  private record CountsInstead(TransportOwner owner, Transport above) implements TransportOwner {

    @Override
    public void attach(Transport below) {
      owner.attach(above);
    }

    @Override
    public void detach(Transport below) {
      owner.detach(above);
    }
  }
}
