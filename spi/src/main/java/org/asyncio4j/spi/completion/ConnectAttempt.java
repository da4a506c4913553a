package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.socket.SocketFailures;
import org.asyncio4j.spi.transport.OpenSockets;
import org.jspecify.annotations.Nullable;

/** One socket that is being connected. It is either handed over or closed, exactly once. */
final class ConnectAttempt implements Completion {

  private final OpenSockets openSockets;
  private final CompletionSocket socket;
  private final Promise<SocketHandle> promise;
  private final SocketAddress remote;
  private final IoHandle handle;
  private @Nullable IOException failure;
  private boolean ended;

  ConnectAttempt(
      CompletionEventLoop loop,
      OpenSockets openSockets,
      CompletionSocket socket,
      Promise<SocketHandle> promise,
      SocketAddress remote) {
    this.openSockets = openSockets;
    this.socket = socket;
    this.promise = promise;
    this.remote = remote;
    this.handle = loop.ioHandle(this::proceed, Context.copyCurrent(), "connect to", remote);
  }

  void start(Optional<? extends SocketAddress> local) {
    openSockets.claim(socket, this::giveUp);
    try {
      if (local.isEmpty() || bind(local.get())) {
        promise.addDoneCallback(done -> giveUp());
        socket.connect(remote, this);
      }
    } catch (RuntimeException | Error thrown) {
      giveUp();
      throw thrown;
    }
  }

  private boolean bind(SocketAddress local) {
    try {
      socket.bind(local);
      return true;
    } catch (IOException refused) {
      giveUp();
      promise.setException(SocketFailures.bind(local, refused));
      return false;
    }
  }

  @Override
  public void completed(int count) {
    handle.queue();
  }

  @Override
  public void failed(IOException reason) {
    failure = reason;
    handle.queue();
  }

  private void proceed() {
    if (ended) {
      return;
    }
    if (promise.isDone()) {
      giveUp(); // cancelled, and the callback that would report it is queued behind this one
    } else if (failure != null) {
      giveUp();
      promise.setException(SocketFailures.connect(remote, failure));
    } else {
      ended = true;
      openSockets.add(socket);
      promise.setResult(socket);
    }
  }

  /** Closes the socket, unless it was handed over. */
  private void giveUp() {
    if (!ended) {
      ended = true;
      socket.close();
      openSockets.remove(socket);
    }
  }
}
