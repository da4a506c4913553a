package org.asyncio4j.spi.internal.bind;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Optional;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.transport.OpenSockets;
import org.jspecify.annotations.Nullable;

/**
 * A bound socket and, once it is served, what accepts from it. Closing it ends both. Used on the
 * loop's thread.
 *
 * @param <S> the kind of the loop's listening sockets
 */
public final class BoundListener<S extends SocketHandle> implements SocketHandle {

  private final OpenSockets openSockets;
  private final S socket;
  private final boolean keepAlive;
  private @Nullable SocketAddress local; // a closed socket does not know it any more
  private @Nullable Acceptor acceptor;
  private boolean closed;

  private BoundListener(OpenSockets openSockets, S socket, boolean keepAlive) {
    this.openSockets = openSockets;
    this.socket = socket;
    this.keepAlive = keepAlive;
    openSockets.claim(this, this::close);
  }

  /** Binds a socket, which is closed if that fails. */
  public static <S extends SocketHandle> BoundListener<S> bind(
      OpenSockets openSockets, S socket, BindSocketRequest request, Binding binding)
      throws IOException {
    BoundListener<S> listener = new BoundListener<>(openSockets, socket, request.keepAlive());
    boolean bound = false;
    try {
      if (request.reuseAddress()) {
        socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      }
      if (request.reusePort()) {
        socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      binding.bind(request.address(), request.backlog());
      listener.local = socket.localAddress();
      bound = true;
      return listener;
    } finally {
      if (!bound) {
        listener.close();
      }
    }
  }

  /** Takes a socket over that is bound already. */
  public static <S extends SocketHandle> BoundListener<S> adopt(OpenSockets openSockets, S socket) {
    BoundListener<S> listener = new BoundListener<>(openSockets, socket, false);
    listener.local = socket.localAddress();
    return listener;
  }

  /** Returns the listener that a handle is, whose socket is of the given kind. */
  @SuppressWarnings("unchecked") // the kind of the socket was checked
  public static <S extends SocketHandle> BoundListener<S> of(SocketHandle handle, Class<S> kind) {
    if (handle instanceof BoundListener<?> listener && kind.isInstance(listener.socket)) {
      return (BoundListener<S>) listener;
    }
    throw new IllegalArgumentException(
        "cannot serve %s: bindSocket of this loop did not return it; pass a listener of this loop"
            .formatted(handle));
  }

  /** Starts accepting, once. */
  public void serve(Start<S> start) throws IOException {
    if (acceptor != null || closed) {
      throw new IllegalStateException(
          "cannot serve %s: it is %s; bind a new one"
              .formatted(this, closed ? "closed" : "served already"));
    }
    acceptor = start.start(socket);
  }

  /** Adds a socket that was accepted to the open ones, and sets its options. */
  public void take(SocketHandle accepted) {
    openSockets.add(accepted);
    if (keepAlive) {
      try {
        accepted.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      } catch (IOException | UnsupportedOperationException ignored) {
        // The system has no such option, or the peer has already gone; the first read will tell.
      }
    }
  }

  /** Pauses accepting. Does nothing if it is not served. */
  public void pause() {
    if (acceptor != null) {
      acceptor.pause();
    }
  }

  /** Resumes accepting. Does nothing if it is not served. */
  public void resume() {
    if (acceptor != null) {
      acceptor.resume();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (acceptor != null) {
      acceptor.stop();
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

  /** Binds the socket and lets it listen: clients may connect before the server accepts. */
  @FunctionalInterface
  public interface Binding {

    void bind(SocketAddress address, int backlog) throws IOException;
  }

  /** Starts what accepts from a socket. */
  @FunctionalInterface
  public interface Start<S extends SocketHandle> {

    Acceptor start(S socket) throws IOException;
  }
}
