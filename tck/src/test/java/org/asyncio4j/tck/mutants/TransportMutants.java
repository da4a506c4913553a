package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.ConnectSocketRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketTransportRequest;

/** Defects of chapter 7 that concern single transports and the end of the loop. */
final class TransportMutants {

  private TransportMutants() {}

  private static boolean isLost(Future<?> connect) {
    return !connect.isDone() || connect.isCancelled();
  }

  /** Tells the owner after a while. */
  @Defect(breaks = "7.9", also = "7.10")
  static final class AttachesLate extends NetworkMutant {

    AttachesLate(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Transport transport = super.makeSocketTransport(withOwner(request, Optional.empty()));
      request
          .owner()
          .ifPresent(owner -> callLater(Duration.ofMillis(20), () -> owner.attach(transport)));
      return transport;
    }
  }

  /** Tells the owner first and the protocol later. */
  @Defect(breaks = "7.10")
  static final class DetachesBeforeTheEnd extends NetworkMutant {

    DetachesBeforeTheEnd(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Between between =
          new Remembering(request) {
            @Override
            public void connectionLost(Throwable exception) {
              request.owner().ifPresent(owner -> owner.detach(made));
              callLater(
                  Duration.ofMillis(20), () -> super.connectionLost(exception), request.context());
            }
          };
      return super.makeSocketTransport(withProtocol(request, between));
    }

    private abstract static class Remembering extends Between {

      Transport made;

      Remembering(SocketTransportRequest request) {
        super(request);
      }

      @Override
      public void connectionMade(Transport transport) {
        made = transport;
        super.connectionMade(transport);
      }
    }
  }

  /** Does not tell the address of the peer. */
  @Defect(breaks = "7.11")
  static final class DoesNotKnowThePeer extends NetworkMutant {

    DoesNotKnowThePeer(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Between between =
          new Between(request) {
            @Override
            public void connectionMade(Transport transport) {
              super.connectionMade(new Stranger(transport));
            }
          };
      return new Stranger(super.makeSocketTransport(withProtocol(request, between)));
    }

    private static final class Stranger extends ForwardingTransport {

      Stranger(Transport real) {
        super(real);
      }

      @Override
      public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
        return key == ExtraInfo.PEERNAME ? Optional.empty() : super.extraInfo(key);
      }
    }
  }

  /** Leaves TCP_NODELAY as the system sets it. */
  @Defect(breaks = "7.12")
  static final class SendsWithDelay extends NetworkMutant {

    SendsWithDelay(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Transport transport = super.makeSocketTransport(request);
      try {
        transport
            .extraInfo(ExtraInfo.SOCKET)
            .orElseThrow()
            .setOption(StandardSocketOptions.TCP_NODELAY, false);
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
      return transport;
    }
  }

  /** Calls the protocol in a context of nothing. */
  @Defect(breaks = "7.13")
  static final class ForgetsTheContext extends NetworkMutant {

    ForgetsTheContext(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      return super.makeSocketTransport(withContext(request, Context.empty()));
    }
  }

  /** Declares that it can half-close but cannot. */
  @Defect(breaks = "7.14")
  static final class CannotHalfClose extends NetworkMutant {

    CannotHalfClose(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      return new ForwardingTransport(super.makeSocketTransport(request)) {
        @Override
        public boolean canWriteEof() {
          return false;
        }
      };
    }
  }

  /** Connects and serves although its provider does not say so; see the test. */
  @Defect(breaks = "7.15")
  static final class DoesMoreThanItDeclares extends NetworkMutant {

    DoesMoreThanItDeclares(LoopContext context) {
      super(context);
    }
  }

  /** Stops its servers when everything was given back already. */
  @Defect(breaks = "7.16")
  static final class StopsServersAfterItsEnd extends NetworkMutant {

    StopsServersAfterItsEnd(LoopContext context) {
      super(context);
    }

    private final List<Server> servers = new ArrayList<>();

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      Server server = super.createServer(protocolFactory, options);
      servers.add(server);
      return server;
    }

    @Override
    public void close() {
      super.close();
      servers.forEach(Server::close);
    }
  }

  /** Tells the protocols that their connection is lost when it closes. */
  @Defect(breaks = "7.17")
  static final class SaysGoodbye extends NetworkMutant {

    SaysGoodbye(LoopContext context) {
      super(context);
    }

    private final List<StreamProtocol> protocols = new ArrayList<>();

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      protocols.add(request.protocol());
      return super.makeSocketTransport(request);
    }

    @Override
    protected void closeResources() {
      super.closeResources();
      protocols.forEach(protocol -> protocol.connectionLost(null));
    }
  }

  /** Closes its sockets long after close has returned. */
  @Defect(breaks = "7.18", also = "7.19")
  static final class ClosesItsSocketsLate extends NetworkMutant {

    ClosesItsSocketsLate(LoopContext context) {
      super(context);
    }

    @Override
    protected void closeResources() {
      if (allTasks().isEmpty()) {
        Thread.ofVirtual().start(() -> closeLate());
      } else {
        super.closeResources();
      }
    }

    private void closeLate() {
      LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
      super.closeResources();
    }
  }

  /** Closes sockets that are being connected long after close has returned. */
  @Defect(breaks = "7.19")
  static final class ForgetsWhatItConnects extends NetworkMutant {

    ForgetsWhatItConnects(LoopContext context) {
      super(context);
    }

    private final List<Future<SocketHandle>> connects = new ArrayList<>();

    @Override
    protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
      Future<SocketHandle> connecting = super.connectSocket(request);
      connects.add(connecting);
      return connecting;
    }

    @Override
    protected void closeResources() {
      if (connects.stream().noneMatch(TransportMutants::isLost)) {
        super.closeResources();
      } else {
        Thread.ofVirtual().start(() -> closeLate());
      }
    }

    private void closeLate() {
      LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
      super.closeResources();
    }
  }
}
