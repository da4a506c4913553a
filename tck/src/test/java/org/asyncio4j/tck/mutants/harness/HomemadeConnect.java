package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.tck.mutants.harness.NetworkSeams.Opening;

/**
 * A {@code createConnection} to literal addresses that cleans up after failures, except at one
 * point.
 */
public final class HomemadeConnect {

  /** A point at which connecting may fail. */
  public enum Point {
    CONNECTED,
    FACTORY,
    WAITER
  }

  private final MutantLoop loop;
  private final Optional<Point> careless;

  /** Connects correctly, but without the hooks that others observe. */
  public HomemadeConnect(MutantLoop loop) {
    this(loop, Optional.empty());
  }

  private HomemadeConnect(MutantLoop loop, Optional<Point> careless) {
    this.loop = loop;
    this.careless = careless;
  }

  /** Makes tasks connect without cleaning up at the given point. */
  public static void carelessly(MutantLoop loop, Point point) {
    loop.createConnection.aroundIf(
        wanted -> loop.currentTask().isPresent() && canDo(wanted.options()),
        (_, wanted) -> new HomemadeConnect(loop, Optional.of(point)).run(wanted));
  }

  private static boolean canDo(ConnectOptions options) {
    return options.host().matches("[\\d.]+") && options.localAddress().isEmpty();
  }

  public Connection<StreamProtocol> run(Opening<StreamProtocol, ConnectOptions> wanted)
      throws IOException {
    SocketHandle socket = connect(wanted.options());
    StreamProtocol protocol = makeProtocol(wanted.factory(), socket);
    Promise<Void> waiter = loop.createFuture();
    Transport transport = loop.makeSocketTransport(Requests.connection(socket, protocol, waiter));
    try {
      waiter.await();
    } catch (Throwable thrown) {
      cleanUp(Point.WAITER, transport::close);
      throw thrown;
    }
    return new Connection<>(transport, protocol);
  }

  private SocketHandle connect(ConnectOptions options) throws IOException {
    Future<SocketHandle> connecting =
        loop.connectSocket(Requests.connectTo(options.host(), options.port()));
    try {
      return connecting.awaitThrowing(IOException.class);
    } catch (Throwable thrown) {
      if (connecting.isDone() && !connecting.isCancelled() && connecting.exception().isEmpty()) {
        cleanUp(Point.CONNECTED, () -> connecting.result().close());
      }
      throw thrown;
    }
  }

  private StreamProtocol makeProtocol(
      Supplier<? extends StreamProtocol> protocolFactory, SocketHandle socket) {
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
