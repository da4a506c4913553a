package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.socket.BaseSocket;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.driver.Pollable;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.driver.Sockets;
import org.asyncio4j.spi.hooks.UnwatchRequest;
import org.asyncio4j.spi.hooks.WatchDirection;
import org.asyncio4j.spi.hooks.WatchRequest;

/** The callbacks that watch sockets and objects that are not sockets of the loop. */
final class Watchers {

  private final ReadinessEventLoop loop;
  private final Poller poller;
  private final Sockets sockets;

  // The watched objects, held while they are watched, so that sockets among them are not collected.
  private final Map<Watchable, Watched> all = new HashMap<>();

  private record Watched(Pollable pollable, SocketReadiness readiness) {

    ReadinessSlot slot(WatchDirection direction) {
      return direction == WatchDirection.READ ? readiness.reader() : readiness.writer();
    }

    boolean isIdle() {
      return !readiness.reader().isWatched() && !readiness.writer().isWatched();
    }
  }

  Watchers(ReadinessEventLoop loop, Poller poller, Sockets sockets) {
    this.loop = loop;
    this.poller = poller;
    this.sockets = sockets;
  }

  Handle add(WatchRequest request) throws IOException {
    Watchable what = request.what();
    forgetIfClosed(what);
    Watched present = all.get(what);
    Watched watched = present == null ? prepare(what) : present;
    WatchingHandle handle =
        new WatchingHandle(
            loop,
            request,
            () -> {
              boolean ignored = remove(new UnwatchRequest(what, request.direction()));
            });
    boolean done = false;
    try {
      watched.slot(request.direction()).setWatcher(handle);
      all.put(what, watched);
      done = true;
    } finally {
      if (!done && present == null) {
        release(what, watched);
      }
    }
    return handle;
  }

  boolean remove(UnwatchRequest request) {
    Watched watched = all.get(request.what());
    if (watched == null) {
      refuseIfInUse(request.what());
      return false;
    }
    boolean removed = watched.slot(request.direction()).removeWatcher();
    if (watched.isIdle()) {
      release(request.what(), watched);
    }
    return removed;
  }

  private Watched prepare(Watchable what) throws IOException {
    if (what instanceof Watchable.OfSocket(BaseSocket socket)) {
      DirectSocket<?> own = DirectSocket.of(loop, socket);
      requireOpen(own);
      return new Watched(own.socket(), own.life().readiness());
    }
    Pollable pollable = sockets.watchable(what);
    return new Watched(pollable, new SocketReadiness(loop, poller, pollable));
  }

  /** Forgets a watched object: the number of a closed descriptor may already be reused. */
  private void release(Watchable what, Watched watched) {
    all.remove(what);
    if (!(what instanceof Watchable.OfSocket)) {
      watched.readiness().close();
    }
  }

  private void forgetIfClosed(Watchable what) {
    Watched present = all.get(what);
    if (present != null && !present.pollable().isOpen()) {
      release(what, present);
    }
  }

  private static void requireOpen(DirectSocket<?> socket) {
    try {
      socket.life().require("watch the socket");
    } catch (IOException closed) {
      throw new IllegalStateException(closed.getMessage(), closed);
    }
  }

  private void refuseIfInUse(Watchable what) {
    if (what instanceof Watchable.OfSocket(BaseSocket socket)
        && socket instanceof DirectSocket<?> own
        && own.life().isDetached()) {
      requireOpen(own);
    }
  }
}
