package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.hooks.TlsTransportRequest;
import org.asyncio4j.spi.hooks.TransportOwner;
import org.asyncio4j.spi.hooks.WatchDirection;
import org.asyncio4j.spi.hooks.WatchRequest;

/** Requests with one part changed. No other class knows all parts of a request. */
public final class Requests {

  private Requests() {}

  // Connections

  public static SocketTransportRequest withProtocol(
      SocketTransportRequest it, StreamProtocol changed) {
    return new SocketTransportRequest(it.socket(), changed, it.waiter(), it.owner(), it.context());
  }

  public static SocketTransportRequest withoutWaiter(SocketTransportRequest it) {
    return new SocketTransportRequest(
        it.socket(), it.protocol(), Optional.empty(), it.owner(), it.context());
  }

  public static SocketTransportRequest withOwner(
      SocketTransportRequest it, Optional<TransportOwner> changed) {
    return new SocketTransportRequest(
        it.socket(), it.protocol(), it.waiter(), changed, it.context());
  }

  public static SocketTransportRequest withContext(SocketTransportRequest it, Context changed) {
    return new SocketTransportRequest(it.socket(), it.protocol(), it.waiter(), it.owner(), changed);
  }

  public static SocketTransportRequest connection(
      SocketHandle socket, StreamProtocol protocol, Promise<Void> waiter) {
    return new SocketTransportRequest(
        socket, protocol, Optional.of(waiter), Optional.empty(), Context.copyCurrent());
  }

  // Connections that speak TLS

  public static TlsTransportRequest withProtocol(TlsTransportRequest it, StreamProtocol changed) {
    return new TlsTransportRequest(
        it.carrier(), changed, it.options(), it.role(), it.waiter(), it.owner(), it.context());
  }

  public static TlsTransportRequest withOptions(TlsTransportRequest it, TlsOptions changed) {
    return new TlsTransportRequest(
        it.carrier(), it.protocol(), changed, it.role(), it.waiter(), it.owner(), it.context());
  }

  public static TlsTransportRequest withWaiter(TlsTransportRequest it, Promise<Void> changed) {
    return new TlsTransportRequest(
        it.carrier(),
        it.protocol(),
        it.options(),
        it.role(),
        Optional.of(changed),
        it.owner(),
        it.context());
  }

  public static TlsTransportRequest withOwner(
      TlsTransportRequest it, Optional<TransportOwner> changed) {
    return new TlsTransportRequest(
        it.carrier(), it.protocol(), it.options(), it.role(), it.waiter(), changed, it.context());
  }

  // Sockets

  public static ConnectSocketRequest connectTo(String host, int port) {
    return new ConnectSocketRequest(new InetSocketAddress(host, port), Optional.empty());
  }

  /** A listening socket that shares nothing. */
  public static BindSocketRequest bindTo(InetSocketAddress address, int backlog) {
    return new BindSocketRequest(address, backlog, false, false, false);
  }

  public static BindSocketRequest withReuseAddress(BindSocketRequest it) {
    return new BindSocketRequest(it.address(), it.backlog(), true, it.reusePort(), it.keepAlive());
  }

  public static BindSocketRequest withoutKeepAlive(BindSocketRequest it) {
    return new BindSocketRequest(
        it.address(), it.backlog(), it.reuseAddress(), it.reusePort(), false);
  }

  public static ServingRequest withAccepted(
      ServingRequest it, UnaryOperator<Consumer<SocketHandle>> change) {
    return new ServingRequest(
        it.listener(), it.backlog(), change.apply(it.onAccepted()), it.context());
  }

  // Datagrams

  static DatagramTransportRequest withProtocol(
      DatagramTransportRequest it, DatagramProtocol changed) {
    return new DatagramTransportRequest(
        it.socket(), changed, it.peer(), it.waiter(), it.context(), it.beforeClose());
  }

  public static DatagramTransportRequest withContext(DatagramTransportRequest it, Context changed) {
    return new DatagramTransportRequest(
        it.socket(), it.protocol(), it.peer(), it.waiter(), changed, it.beforeClose());
  }

  public static DatagramTransportRequest withBeforeClose(
      DatagramTransportRequest it, Runnable changed) {
    return new DatagramTransportRequest(
        it.socket(), it.protocol(), it.peer(), it.waiter(), it.context(), changed);
  }

  public static OpenDatagramRequest withBroadcast(OpenDatagramRequest it) {
    return new OpenDatagramRequest(it.family(), it.local(), it.reusePort(), true);
  }

  public static OpenDatagramRequest withReusePort(OpenDatagramRequest it) {
    return new OpenDatagramRequest(it.family(), it.local(), true, it.broadcast());
  }

  // Watching

  static WatchRequest of(WatchRequest it, Watchable changed) {
    return new WatchRequest(changed, it.direction(), it.callback(), it.context());
  }

  public static WatchRequest calling(WatchRequest it, Runnable changed) {
    return new WatchRequest(it.what(), it.direction(), changed, it.context());
  }

  public static WatchRequest withDirection(WatchRequest it, WatchDirection changed) {
    return new WatchRequest(it.what(), changed, it.callback(), it.context());
  }

  public static WatchRequest withContext(WatchRequest it, Context changed) {
    return new WatchRequest(it.what(), it.direction(), it.callback(), changed);
  }
}
