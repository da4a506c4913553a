package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketTransportRequest;

/** A {@code createConnection} to literal addresses, which cleans up where it is not told not to. */
final class HomemadeConnect {

  /** A point at which something may go wrong. */
  enum Point {
    CONNECTED,
    FACTORY,
    WAITER
  }

  private final NetworkMutant loop;
  private final Optional<Point> careless;

  HomemadeConnect(NetworkMutant loop) {
    this(loop, Optional.empty());
  }

  HomemadeConnect(NetworkMutant loop, Optional<Point> careless) {
    this.loop = loop;
    this.careless = careless;
  }

  static boolean canDo(ConnectOptions options) {
    return options.host().matches("[\\d.]+") && options.localAddress().isEmpty();
  }

  <P extends StreamProtocol> Connection<P> run(
      Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
    SocketHandle socket = connect(options);
    P protocol = makeProtocol(protocolFactory, socket);
    Promise<Void> waiter = loop.createFuture();
    Transport transport =
        loop.makeSocketTransport(
            new SocketTransportRequest(
                socket, protocol, Optional.of(waiter), Optional.empty(), Context.copyCurrent()));
    try {
      waiter.await();
    } catch (Throwable thrown) {
      cleanUp(Point.WAITER, transport::close);
      throw thrown;
    }
    return new Connection<>(transport, protocol);
  }

  private SocketHandle connect(ConnectOptions options) throws IOException {
    Future<SocketHandle> connecting = loop.connectSocket(NetworkMutant.requestOf(options));
    try {
      return connecting.awaitThrowing(IOException.class);
    } catch (Throwable thrown) {
      if (connecting.isDone() && !connecting.isCancelled() && connecting.exception().isEmpty()) {
        cleanUp(Point.CONNECTED, () -> connecting.result().close());
      }
      throw thrown;
    }
  }

  private <P> P makeProtocol(Supplier<? extends P> protocolFactory, SocketHandle socket) {
    try {
      return protocolFactory.get();
    } catch (Throwable thrown) {
      cleanUp(Point.FACTORY, socket::close);
      throw thrown;
    }
  }

  private void cleanUp(Point point, Runnable action) {
    if (!careless.equals(Optional.of(point))) {
      action.run();
    }
  }
}
