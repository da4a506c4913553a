package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.socket.SocketFailures;
import org.asyncio4j.spi.transport.OpenSockets;

/** One socket that is being connected. It is either handed over or closed, exactly once. */
final class ConnectAttempt {

  private final OpenSockets openSockets;
  private final StreamSocket socket;
  private final Promise<SocketHandle> promise;
  private final SocketAddress remote;
  private final SocketWatch watch;
  private final IoHandle handle;

  // Confined to the loop's thread.
  private boolean ended;

  ConnectAttempt(
      ReadinessEventLoop loop,
      LoopResources resources,
      StreamSocket socket,
      Promise<SocketHandle> promise,
      SocketAddress remote) {
    this.openSockets = resources.openSockets();
    this.socket = socket;
    this.promise = promise;
    this.remote = remote;
    this.handle = loop.ioHandle(this::proceed, Context.copyCurrent(), "connect to", remote);
    this.watch = new SocketWatch(resources.poller(), socket, ready -> handle.queue());
  }

  void start(Optional<SocketAddress> local) {
    openSockets.claim(socket, this::giveUp);
    try {
      if (local.isPresent() && !bind(local.get())) {
        return;
      }
      if (socket.connect(remote)) {
        succeed();
      } else {
        watch.watch(Interest.WRITE, true);
        promise.addDoneCallback(done -> giveUp());
      }
    } catch (IOException refused) {
      fail(SocketFailures.connect(remote, refused));
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
      fail(SocketFailures.bind(local, refused));
      return false;
    }
  }

  private void proceed() {
    if (promise.isDone()) {
      giveUp(); // cancelled, and the callback that notifies us is queued behind this one
      return;
    }
    try {
      if (socket.finishConnect()) {
        succeed();
      }
    } catch (IOException refused) {
      fail(SocketFailures.connect(remote, refused));
    } catch (RuntimeException | Error thrown) {
      giveUp();
      promise.setException(thrown);
    }
  }

  private void succeed() {
    ended = true;
    watch.cancel();
    openSockets.add(socket);
    promise.setResult(socket);
  }

  private void fail(IOException failure) {
    giveUp();
    promise.setException(failure);
  }

  /** Closes the socket, unless it was handed over. */
  private void giveUp() {
    if (ended) {
      return;
    }
    ended = true;
    watch.cancel();
    socket.close();
    openSockets.remove(socket);
  }
}
