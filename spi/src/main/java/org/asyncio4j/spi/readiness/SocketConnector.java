package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.driver.Sockets;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.family.SocketFamilies;
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
    SocketAddress remote = request.remote();
    ProtocolFamily family = SocketFamilies.of(remote);
    if (family == StandardProtocolFamily.UNIX) {
      new UnixConnectAttempt(loop, resources.openSockets(), sockets, remote, promise).start();
      return promise;
    }
    StreamSocket socket;
    try {
      socket = sockets.openStream(family);
    } catch (IOException refused) {
      promise.setException(SocketFailures.connect(remote, refused));
      return promise;
    }
    new ConnectAttempt(loop, resources, socket, promise, remote).start(request.local());
    return promise;
  }
}
