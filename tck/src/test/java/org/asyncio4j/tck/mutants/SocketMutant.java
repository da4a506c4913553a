package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.Map;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.AsyncDatagramSocket;
import org.asyncio4j.net.AsyncServerSocket;
import org.asyncio4j.net.AsyncSocket;
import org.asyncio4j.net.BaseSocket;
import org.asyncio4j.net.Watchable;
import org.asyncio4j.spi.DetachSocketRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketRequest;
import org.asyncio4j.spi.UnwatchRequest;
import org.asyncio4j.spi.WatchRequest;
import org.asyncio4j.tck.mutants.Altered.Alteration;

/** The correct loop, for others to break its sockets for direct use. */
abstract class SocketMutant extends NetworkMutant {

  SocketMutant(LoopContext context) {
    super(context);
  }

  /** What a stream socket does otherwise; nothing unless overridden. */
  Map<String, Alteration> ofStream(AsyncSocket real) {
    return Map.of();
  }

  /** What a listening socket does otherwise; nothing unless overridden. */
  Map<String, Alteration> ofServer(AsyncServerSocket real) {
    return Map.of();
  }

  /** What a socket of datagrams does otherwise; nothing unless overridden. */
  Map<String, Alteration> ofDatagrams(AsyncDatagramSocket real) {
    return Map.of();
  }

  @Override
  protected AsyncSocket makeSocket(SocketRequest request) throws IOException {
    AsyncSocket real = super.makeSocket(request);
    return altered(AsyncSocket.class, real, ofStream(real));
  }

  @Override
  protected AsyncServerSocket makeServerSocket(SocketRequest request) throws IOException {
    AsyncServerSocket real = super.makeServerSocket(request);
    return altered(AsyncServerSocket.class, real, ofServer(real));
  }

  @Override
  protected AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException {
    AsyncDatagramSocket real = super.makeDatagramSocket(request);
    return altered(AsyncDatagramSocket.class, real, ofDatagrams(real));
  }

  @Override
  protected SocketHandle detachSocket(DetachSocketRequest request) throws IOException {
    return super.detachSocket(
        new DetachSocketRequest((BaseSocket) Altered.unwrapped(request.socket())));
  }

  @Override
  protected Handle watch(WatchRequest request) throws IOException {
    return super.watch(
        new WatchRequest(
            unwrapped(request.what()), request.direction(), request.callback(), request.context()));
  }

  @Override
  protected boolean unwatch(UnwatchRequest request) {
    return super.unwatch(new UnwatchRequest(unwrapped(request.what()), request.direction()));
  }

  private static <S extends BaseSocket> S altered(
      Class<S> type, S real, Map<String, Alteration> alterations) {
    // A socket that does nothing otherwise stays the one that is collected.
    return alterations.isEmpty() ? real : Altered.of(type, real, alterations);
  }

  private static Watchable unwrapped(Watchable what) {
    return what instanceof Watchable.OfSocket(BaseSocket socket)
        ? Watchable.of((BaseSocket) Altered.unwrapped(socket))
        : what;
  }
}
