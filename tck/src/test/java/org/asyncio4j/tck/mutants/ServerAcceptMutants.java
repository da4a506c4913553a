package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.BindSocketRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.ServingRequest;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketTransportRequest;

/** Defects of chapter 9 that concern the connections that are accepted. */
final class ServerAcceptMutants {

  private ServerAcceptMutants() {}

  /** Makes one protocol for all connections. */
  @Defect(
      breaks = "9.12",
      also = {"9.13", "9.38", "9.40", "9.42", "9.43", "9.44", "9.45"})
  static final class SharesAProtocol extends NetworkMutant {

    SharesAProtocol(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      List<StreamProtocol> made = new ArrayList<>();
      return super.createServer(
          () -> {
            if (made.isEmpty()) {
              made.add(protocolFactory.get());
            }
            return made.getFirst();
          },
          options);
    }
  }

  /** Turns away what comes when the backlog was full once. */
  @Defect(breaks = "9.13")
  static final class AcceptsNoMoreThanTheBacklog extends NetworkMutant {

    AcceptsNoMoreThanTheBacklog(LoopContext context) {
      super(context);
    }

    @Override
    protected void startServing(ServingRequest request) throws IOException {
      AtomicInteger accepted = new AtomicInteger();
      Consumer<SocketHandle> counting =
          socket -> {
            if (accepted.incrementAndGet() > request.backlog() + 1) {
              socket.close();
            } else {
              request.onAccepted().accept(socket);
            }
          };
      super.startServing(
          new ServingRequest(request.listener(), request.backlog(), counting, request.context()));
    }
  }

  /** Reports what befalls a single connection. */
  @Defect(
      breaks = "9.14",
      also = {"9.35", "9.38", "9.39", "9.44"})
  static final class ReportsResets extends NetworkMutant {

    ReportsResets(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Between between =
          new Between(request) {
            @Override
            public void connectionLost(Throwable exception) {
              if (exception != null) {
                callExceptionHandler(ErrorReport.of("reset").withException(exception));
              }
              super.connectionLost(exception);
            }
          };
      return super.makeSocketTransport(withProtocol(request, between));
    }
  }

  /** Leaves a connection open for which there is no protocol. */
  @Defect(
      breaks = "9.15",
      also = {"9.38", "9.43"})
  static final class KeepsConnectionsWithoutProtocol extends NetworkMutant {

    KeepsConnectionsWithoutProtocol(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return super.createServer(
          () -> {
            try {
              return protocolFactory.get();
            } catch (RuntimeException thrown) {
              callExceptionHandler(ErrorReport.of("no protocol").withException(thrown));
              return (Protocol) data -> {};
            }
          },
          options);
    }
  }

  /** Does not care for keepAlive. */
  @Defect(breaks = "9.16")
  static final class DoesNotKeepAlive extends NetworkMutant {

    DoesNotKeepAlive(LoopContext context) {
      super(context);
    }

    @Override
    protected SocketHandle bindSocket(BindSocketRequest request) throws IOException {
      return super.bindSocket(
          new BindSocketRequest(
              request.address(),
              request.backlog(),
              request.reuseAddress(),
              request.reusePort(),
              false));
    }
  }

  /** Calls the protocols in a context of nothing. */
  @Defect(breaks = "9.17", also = "9.18")
  static final class ForgetsTheContext extends NetworkMutant {

    ForgetsTheContext(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      return super.makeSocketTransport(withContext(request, Context.empty()));
    }
  }

  /** Has all connections use the context of the first. */
  @Defect(breaks = "9.18")
  static final class SharesAContext extends NetworkMutant {

    SharesAContext(LoopContext context) {
      super(context);
    }

    private final AtomicReference<Context> shared = new AtomicReference<>();

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      shared.compareAndSet(null, request.context());
      return super.makeSocketTransport(withContext(request, shared.get()));
    }
  }

  /** Hands over the first thousand bytes of what it reads. */
  @Defect(breaks = "9.19", also = "9.39")
  static final class CutsWhatArrives extends NetworkMutant {

    CutsWhatArrives(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Between between =
          new Between(request) {
            @Override
            public void dataReceived(ByteBuffer data) {
              super.dataReceived(data.limit(Math.min(data.limit(), 1_000)));
            }
          };
      return super.makeSocketTransport(withProtocol(request, between));
    }
  }
}
