package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Optional;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.jspecify.annotations.Nullable;

/** A bound socket and, once it serves, the loop that accepts from it. Closing it ends both. */
final class BoundListener implements SocketHandle {

  private final LoopResources resources;
  private final ListenerSocket socket;
  private final boolean keepAlive;

  // Confined to the loop's thread.
  private @Nullable AcceptLoop accepting;
  private boolean closed;

  BoundListener(LoopResources resources, ListenerSocket socket, boolean keepAlive) {
    this.resources = resources;
    this.socket = socket;
    this.keepAlive = keepAlive;
  }

  void serve(ReadinessEventLoop loop, ServingRequest request) throws IOException {
    if (accepting != null) {
      throw new IllegalStateException("cannot serve %s: it is served already".formatted(this));
    }
    if (!isOpen()) {
      throw new IllegalStateException(
          "cannot serve %s: it is closed; bind a new one".formatted(this));
    }
    socket.listen(request.backlog());
    AcceptLoop created = new AcceptLoop(loop, resources.openSockets(), socket, keepAlive, request);
    created.start(resources.poller());
    accepting = created;
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
    resources.openSockets().remove(this);
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public SocketAddress localAddress() {
    return socket.localAddress();
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
    return "listener " + socket.localAddress();
  }
}
