package org.asyncio4j.spi.readiness;

import java.io.IOException;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.Sockets;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.bind.BoundListener;
import org.asyncio4j.spi.internal.family.SocketFamilies;

/** Binds listeners and starts serving them. */
final class ListenerOpener {

  private final LoopResources resources;
  private final Sockets sockets;

  ListenerOpener(LoopResources resources, Sockets sockets) {
    this.resources = resources;
    this.sockets = sockets;
  }

  SocketHandle bind(BindSocketRequest request) throws IOException {
    ListenerSocket socket = sockets.openListener(SocketFamilies.of(request.address()));
    return BoundListener.bind(
        resources.openSockets(),
        socket,
        request,
        (address, backlog) -> {
          socket.bind(address, backlog);
          socket.listen(backlog);
        });
  }

  void start(ReadinessEventLoop loop, ServingRequest request) throws IOException {
    BoundListener<ListenerSocket> listener = listenerOf(request.listener());
    listener.serve(socket -> AcceptLoop.start(loop, resources.poller(), listener, socket, request));
  }

  void stop(SocketHandle listener) {
    listenerOf(listener).close();
  }

  void pause(SocketHandle listener) {
    listenerOf(listener).pause();
  }

  void resume(SocketHandle listener) {
    listenerOf(listener).resume();
  }

  private static BoundListener<ListenerSocket> listenerOf(SocketHandle handle) {
    return BoundListener.of(handle, ListenerSocket.class);
  }
}
