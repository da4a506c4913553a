package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.ConnectSocketRequest;
import org.asyncio4j.spi.ConnectUnixSocketRequest;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.internal.socket.SocketFailures;

/** Connects sockets without waiting. */
final class SocketConnector {

  private final LoopResources resources;
  private final Sockets sockets;

  SocketConnector(LoopResources resources, Sockets sockets) {
    this.resources = resources;
    this.sockets = sockets;
  }

  Future<SocketHandle> connect(ReadinessEventLoop loop, ConnectSocketRequest request) {
    Promise<SocketHandle> promise = loop.createFuture();
    InetSocketAddress remote = request.remote();
    StreamSocket socket;
    try {
      socket = sockets.openStream(familyOf(remote));
    } catch (IOException refused) {
      promise.setException(SocketFailures.connect(remote, refused));
      return promise;
    }
    new ConnectAttempt(loop, resources, socket, promise, remote).start(request.local());
    return promise;
  }

  Future<SocketHandle> connect(ReadinessEventLoop loop, ConnectUnixSocketRequest request) {
    Promise<SocketHandle> promise = loop.createFuture();
    new UnixConnectAttempt(loop, resources.openSockets(), sockets, request.address(), promise)
        .start();
    return promise;
  }

  static ProtocolFamily familyOf(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }
}
