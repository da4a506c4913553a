package org.asyncio4j.tck.mutants;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.ConnectSocketRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.TransportOwner;
import org.asyncio4j.spi.readiness.Driver;
import org.asyncio4j.spi.readiness.ReadinessEventLoop;

/** The correct loop over the driver of {@code nio}, for others to break. */
abstract class NetworkMutant extends ReadinessEventLoop {

  NetworkMutant(LoopContext context) {
    this(context, MutantProvider.driverOf(new NioEventLoopProvider()));
  }

  NetworkMutant(LoopContext context, Driver driver) {
    super(context, "mutant", driver.poller(), driver.sockets(), EnumSet.allOf(Capability.class));
  }

  // For HomemadeConnect, which is not a loop itself.

  @Override
  protected Transport makeSocketTransport(SocketTransportRequest request) {
    return super.makeSocketTransport(request);
  }

  @Override
  protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
    return super.connectSocket(request);
  }

  static SocketTransportRequest withProtocol(
      SocketTransportRequest request, StreamProtocol changed) {
    return new SocketTransportRequest(
        request.socket(), changed, request.waiter(), request.owner(), request.context());
  }

  static SocketTransportRequest withoutWaiter(SocketTransportRequest request) {
    return new SocketTransportRequest(
        request.socket(), request.protocol(), Optional.empty(), request.owner(), request.context());
  }

  static SocketTransportRequest withOwner(
      SocketTransportRequest request, Optional<TransportOwner> changed) {
    return new SocketTransportRequest(
        request.socket(), request.protocol(), request.waiter(), changed, request.context());
  }

  static SocketTransportRequest withContext(SocketTransportRequest request, Context changed) {
    return new SocketTransportRequest(
        request.socket(), request.protocol(), request.waiter(), request.owner(), changed);
  }

  static void complete(Promise<?> waiter) {
    if (!waiter.isDone()) {
      waiter.setResult(null);
    }
  }

  static ConnectSocketRequest requestOf(ConnectOptions options) {
    return new ConnectSocketRequest(
        new InetSocketAddress(options.host(), options.port()),
        options.localAddress().map(SocketAddress.class::cast));
  }

  static void runIn(Context context, Runnable action) {
    boolean ignored =
        context.run(() -> {
          action.run();
          return true;
        });
  }

  /** The protocol of the application, between the transport and a defect. */
  abstract static class Between implements Protocol {

    final Protocol application;

    Between(SocketTransportRequest request) {
      this.application = (Protocol) request.protocol();
    }

    @Override
    public void connectionMade(Transport transport) {
      application.connectionMade(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      application.dataReceived(data);
    }

    @Override
    public boolean eofReceived() {
      return application.eofReceived();
    }

    @Override
    public void connectionLost(Throwable exception) {
      application.connectionLost(exception);
    }

    @Override
    public void pauseWriting() {
      application.pauseWriting();
    }

    @Override
    public void resumeWriting() {
      application.resumeWriting();
    }
  }

  static BaseProtocol applicationOf(BaseProtocol protocol) {
    return protocol instanceof Between between ? between.application : protocol;
  }
}
