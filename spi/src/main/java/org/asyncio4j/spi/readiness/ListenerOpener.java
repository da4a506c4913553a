package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.Sockets;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;

/** Binds listeners and starts serving them. */
final class ListenerOpener {

  private final LoopResources resources;
  private final Sockets sockets;

  ListenerOpener(LoopResources resources, Sockets sockets) {
    this.resources = resources;
    this.sockets = sockets;
  }

  BoundListener bind(BindSocketRequest request) throws IOException {
    ListenerSocket socket = sockets.openListener(SocketConnector.familyOf(request.address()));
    BoundListener listener = new BoundListener(resources, socket, request.keepAlive());
    resources.openSockets().claim(listener, listener::close);
    boolean bound = false;
    try {
      configure(socket, request);
      listenAt(socket, request.address(), request.backlog());
      bound = true;
      return listener;
    } finally {
      if (!bound) {
        listener.close();
      }
    }
  }

  void start(ReadinessEventLoop loop, ServingRequest request) throws IOException {
    require(request.listener()).serve(loop, request);
  }

  void stop(SocketHandle listener) {
    require(listener).close();
  }

  void pause(SocketHandle listener) {
    require(listener).pause();
  }

  void resume(SocketHandle listener) {
    require(listener).resume();
  }

  private static void configure(ListenerSocket socket, BindSocketRequest request)
      throws IOException {
    if (request.reuseAddress()) {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    }
    if (request.reusePort()) {
      socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
  }

  /**
   * Starts listening; clients that connect before the server is started wait in the system's queue.
   */
  private static void listenAt(ListenerSocket socket, SocketAddress address, int backlog)
      throws IOException {
    socket.bind(address, backlog);
    socket.listen(backlog);
  }

  private static BoundListener require(SocketHandle handle) {
    if (handle instanceof BoundListener listener) {
      return listener;
    }
    throw new IllegalArgumentException(
        "listener must come from bindSocket of this loop: %s".formatted(handle));
  }
}
