package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.driver.Sockets;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.socket.GrowingPause;
import org.asyncio4j.spi.internal.socket.SocketFailures;
import org.asyncio4j.spi.transport.OpenSockets;
import org.jspecify.annotations.Nullable;

/**
 * A Unix socket that is being connected. The system connects it at once unless the backlog of the
 * listener is full. In that case the system neither waits nor reports when there is room, so this
 * class retries with growing pauses. (asyncio treats the socket as connected.)
 */
final class UnixConnectAttempt {

  private final ReadinessEventLoop loop;
  private final OpenSockets openSockets;
  private final Sockets sockets;
  private final SocketAddress address;
  private final Promise<SocketHandle> promise;

  // Confined to the loop's thread.
  private final GrowingPause pause = new GrowingPause();
  private @Nullable TimerHandle next;

  UnixConnectAttempt(
      ReadinessEventLoop loop,
      OpenSockets openSockets,
      Sockets sockets,
      SocketAddress address,
      Promise<SocketHandle> promise) {
    this.loop = loop;
    this.openSockets = openSockets;
    this.sockets = sockets;
    this.address = address;
    this.promise = promise;
  }

  void start() {
    tryOnce();
    if (!promise.isDone()) {
      promise.addDoneCallback(done -> stop());
    }
  }

  private void tryOnce() {
    if (promise.isDone()) {
      return; // cancelled, and the callback that would stop the timer is queued behind this one
    }
    StreamSocket connected;
    try {
      connected = connectedSocket();
    } catch (IOException refused) {
      promise.setException(SocketFailures.connect(address, refused));
      return;
    } catch (RuntimeException | Error thrown) {
      promise.setException(thrown);
      return;
    }
    if (connected == null) {
      next = loop.callLater(pause.next(), this::tryOnce);
    } else {
      openSockets.add(connected);
      promise.setResult(connected);
    }
  }

  private @Nullable StreamSocket connectedSocket() throws IOException {
    StreamSocket socket = sockets.openStream(StandardProtocolFamily.UNIX);
    boolean connected = false;
    try {
      connected = socket.connect(address);
    } finally {
      if (!connected) {
        socket.close();
      }
    }
    return connected ? socket : null;
  }

  private void stop() {
    if (next != null) {
      next.cancel();
    }
  }
}
