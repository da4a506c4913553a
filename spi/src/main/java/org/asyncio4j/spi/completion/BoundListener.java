package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Optional;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.transport.OpenSockets;
import org.jspecify.annotations.Nullable;

/** A bound socket and, once it is served, the loop that accepts from it. */
final class BoundListener implements SocketHandle {

  private final OpenSockets openSockets;
  private final CompletionListener socket;
  private final boolean keepAlive;
  private @Nullable SocketAddress local; // also known after the socket was closed
  private @Nullable AcceptLoop accepting;
  private boolean closed;

  BoundListener(OpenSockets openSockets, CompletionListener socket, boolean keepAlive) {
    this.openSockets = openSockets;
    this.socket = socket;
    this.keepAlive = keepAlive;
  }

  void bind(SocketAddress address, int backlog) throws IOException {
    socket.bind(address, backlog);
    local = socket.localAddress();
  }

  void serve(CompletionEventLoop loop, ServingRequest request) {
    if (accepting != null || closed) {
      throw new IllegalStateException(
          "cannot serve %s: it is %s; bind a new one"
              .formatted(this, closed ? "closed" : "served already"));
    }
    accepting = new AcceptLoop(loop, openSockets, socket, keepAlive, request);
    accepting.start();
  }

  /** Pauses accepting. Does nothing if it is not served. */
  void pause() {
    if (accepting != null) {
      accepting.pause();
    }
  }

  void resume() {
    if (accepting != null) {
      accepting.resume();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (accepting != null) {
      accepting.stop();
    }
    socket.close();
    openSockets.remove(this);
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public SocketAddress localAddress() {
    SocketAddress known = local;
    return known == null ? socket.localAddress() : known;
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.empty();
  }

  @Override
  public <T> T option(SocketOption<T> option) throws IOException {
    return socket.option(option);
  }

  @Override
  public <T> void setOption(SocketOption<T> option, T value) throws IOException {
    socket.setOption(option, value);
  }

  @Override
  public String toString() {
    return "listener " + localAddress();
  }
}
