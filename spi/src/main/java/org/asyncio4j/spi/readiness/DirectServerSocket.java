package org.asyncio4j.spi.readiness;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.bind.BoundListener;
import org.asyncio4j.spi.internal.socket.SocketFailures;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.jspecify.annotations.Nullable;

/** A listening socket that tasks use directly. Tries first, then waits. */
final class DirectServerSocket extends DirectSocket<ListenerSocket> implements AsyncServerSocket {

  private final LoopResources resources;

  // Confined to the loop's thread.
  private boolean bound;

  private DirectServerSocket(SocketLife life, LoopResources resources, ListenerSocket socket) {
    super(life, socket);
    this.resources = resources;
  }

  static DirectServerSocket opened(
      ReadinessEventLoop loop, LoopResources resources, ListenerSocket socket) {
    return watched(
        new DirectServerSocket(new SocketLife(loop, resources, socket), resources, socket));
  }

  @Override
  public void bind(SocketAddress local, int backlog) throws IOException {
    requireNonNull(local, "local");
    life().begin("bind");
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog must be at least 1: " + backlog);
    }
    if (bound) {
      throw new IllegalStateException(
          "cannot bind %s: it is bound already; open a new one".formatted(this));
    }
    try {
      socket().bind(local, backlog);
    } catch (IOException refused) {
      throw SocketFailures.bind(local, refused);
    }
    socket().listen(backlog);
    bound = true;
  }

  @Override
  public AsyncSocket accept() throws IOException {
    ReadinessSlot reader = life().readiness().reader();
    int turn = begin(reader, "accept");
    try {
      requireBound("accept");
      StreamSocket accepted = next();
      while (accepted == null) {
        await(reader, "accept");
        accepted = next();
      }
      return DirectStreamSocket.accepted(life().loop(), resources, accepted);
    } finally {
      reader.end(turn);
      Reference.reachabilityFence(this);
    }
  }

  @Override
  SocketHandle detach() throws IOException {
    life().require("hand the socket over");
    requireBound("hand the socket over");
    life().detach();
    return BoundListener.adopt(resources.openSockets(), socket());
  }

  private @Nullable StreamSocket next() throws IOException {
    while (true) {
      try {
        return socket().accept();
      } catch (ConnectionAbortedException gone) {
        // The next connection may still be open.
      }
    }
  }

  private void requireBound(String purpose) {
    if (!bound) {
      throw new IllegalStateException(
          "cannot %s: %s is not bound; call bind first".formatted(purpose, this));
    }
  }
}
