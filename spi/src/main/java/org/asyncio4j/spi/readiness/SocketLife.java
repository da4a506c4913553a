package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketException;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.spi.RunningLoop;
import org.asyncio4j.spi.driver.PollableSocket;
import org.asyncio4j.spi.transport.OpenSockets;
import org.jspecify.annotations.Nullable;

/**
 * The life of a socket from the application that opened it to its end: closed, garbage-collected,
 * or handed over to a transport. It does not refer to the object that the application holds, so
 * that this can be collected.
 */
final class SocketLife {

  private enum Phase {
    OPEN,
    CLOSED,
    DETACHED
  }

  private final ReadinessEventLoop loop;
  private final OpenSockets openSockets;
  private final PollableSocket socket;
  private final SocketReadiness readiness;
  private final @Nullable Throwable openedAt;

  // Read by the cleaner's thread, too.
  private volatile Phase phase = Phase.OPEN;

  SocketLife(ReadinessEventLoop loop, LoopResources resources, PollableSocket socket) {
    this.loop = loop;
    this.openSockets = resources.openSockets();
    this.socket = socket;
    this.readiness = new SocketReadiness(loop, resources.poller(), socket);
    this.openedAt = loop.isDebug() ? new Throwable("The socket was opened here") : null;
  }

  /** Makes the loop close the socket if the application does not. */
  void register() {
    openSockets.claim(socket, this::close);
  }

  ReadinessEventLoop loop() {
    return loop;
  }

  SocketReadiness readiness() {
    return readiness;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  boolean isDetached() {
    return phase == Phase.DETACHED;
  }

  /** Throws on another thread, and if the socket is closed or no longer ours. */
  void begin(String operation) throws IOException {
    RunningLoop.ensureOwner(loop, operation);
    require(operation);
  }

  /** Throws if the socket is closed or no longer ours. */
  void require(String operation) throws IOException {
    switch (phase) {
      case OPEN -> {}
      case CLOSED ->
          throw new SocketException(
              "cannot %s: %s is closed; open a new one".formatted(operation, socket));
      case DETACHED ->
          throw new IllegalStateException(
              "cannot %s: a transport or server owns %s; use that instead"
                  .formatted(operation, socket));
    }
  }

  /** Closes the socket, unless it was closed or handed over. */
  void close() {
    if (phase == Phase.OPEN) {
      phase = Phase.CLOSED;
      readiness.close();
      socket.close();
      openSockets.remove(socket);
    }
  }

  /** Makes the caller the owner of the socket. */
  void detach() throws IOException {
    require("hand the socket over");
    requireUnused(readiness.reader());
    requireUnused(readiness.writer());
    phase = Phase.DETACHED;
    readiness.close();
    openSockets.remove(socket);
  }

  private void requireUnused(ReadinessSlot slot) {
    slot.requireFree("hand the socket over");
    if (slot.isWatched()) {
      throw new IllegalStateException(
          "cannot hand the socket over: a callback watches %s; call removeReader or removeWriter first"
              .formatted(socket));
    }
  }

  /** Called on the cleaner's thread when the application no longer refers to the socket. */
  void abandoned() {
    if (phase != Phase.OPEN) {
      return;
    }
    try {
      loop.callSoonThreadsafe(this::closeAbandoned);
    } catch (IllegalStateException closed) {
      // The loop has closed the socket, like all of its sockets.
    }
  }

  private void closeAbandoned() {
    if (phase == Phase.OPEN) {
      loop.callExceptionHandler(
          ErrorReport.of(
                  "unclosed socket %s: it was forgotten, and it is closed now; call close()"
                      .formatted(socket))
              .withCreatedAt(openedAt));
      close();
    }
  }
}
