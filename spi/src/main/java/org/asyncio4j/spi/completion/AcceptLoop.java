package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.asyncio4j.spi.transport.OpenSockets;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the connections of one listener, one after the other. An accept cannot be cancelled: if
 * it completes while the server is paused, the connection (at most one) is kept.
 */
final class AcceptLoop implements AcceptCompletion {

  /** The time to wait for descriptors or memory to become available. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  // Created while descriptors are available: if classes are loaded from files, it could not be
  // loaded without one.
  private static final ErrorReport EXHAUSTED =
      ErrorReport.of("socket.accept() out of system resource");

  private final CompletionEventLoop loop;
  private final OpenSockets openSockets;
  private final CompletionListener listener;
  private final boolean keepAlive;
  private final ServingRequest request;
  private final IoHandle handle;

  private @Nullable CompletionSocket accepted;
  private @Nullable IOException failure;
  private @Nullable TimerHandle resumption;
  private boolean underWay;
  private boolean reported; // whether a failure was reported since the last accepted connection
  private boolean paused;
  private boolean stopped;

  AcceptLoop(
      CompletionEventLoop loop,
      OpenSockets openSockets,
      CompletionListener listener,
      boolean keepAlive,
      ServingRequest request) {
    this.loop = loop;
    this.openSockets = openSockets;
    this.listener = listener;
    this.keepAlive = keepAlive;
    this.request = request;
    this.handle = loop.ioHandle(this::proceed, request.context(), "accept on", listener);
  }

  void start() {
    if (!underWay && !stopped && !paused && resumption == null) {
      underWay = true;
      listener.accept(this);
    }
  }

  /** Stops accepting, even a connection that has arrived. Further calls do nothing. */
  void stop() {
    stopped = true;
    handle.cancel();
    if (resumption != null) {
      resumption.cancel();
    }
    if (accepted != null) {
      accepted.close();
      accepted = null;
    }
  }

  void pause() {
    paused = true;
    handle.cancel();
  }

  void resume() {
    paused = false;
    if (accepted != null || failure != null) {
      handle.queue();
    } else {
      start();
    }
  }

  @Override
  public void accepted(CompletionSocket socket) {
    end();
    if (stopped) {
      socket.close();
      return;
    }
    accepted = socket;
    if (!paused) {
      handle.queue();
    }
  }

  @Override
  public void failed(IOException reason) {
    end();
    failure = reason;
    if (!paused && !stopped) {
      handle.queue();
    }
  }

  private void end() {
    if (!underWay) {
      throw new IllegalStateException(
          "cannot complete an accept of %s: none is under way; complete each one once"
              .formatted(listener));
    }
    underWay = false;
  }

  private void proceed() {
    CompletionSocket socket = accepted;
    IOException reason = failure;
    accepted = null;
    failure = null;
    if (socket != null) {
      reported = false;
      openSockets.add(socket);
      keepAlive(socket);
      start(); // before the call, which may be suspended
      request.onAccepted().accept(socket);
    } else if (reason != null) {
      handle(reason);
    }
  }

  private void handle(IOException reason) {
    switch (reason) {
      case ConnectionAbortedException gone -> start();
      case ResourcesExhaustedException exhausted -> waitAfter(EXHAUSTED, exhausted);
      default -> waitAfter(ErrorReport.of("socket.accept() failed"), reason);
    }
  }

  private void keepAlive(CompletionSocket socket) {
    if (keepAlive) {
      try {
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      } catch (IOException | UnsupportedOperationException ignored) {
        // The system has no such option, or the peer has already gone; the first read will fail.
      }
    }
  }

  private void waitAfter(ErrorReport report, IOException reason) {
    // Before the exception handler is called, which may close the server, or pause and resume it.
    resumption = loop.callLater(PAUSE, this::tryAgain, request.context());
    if (!reported) { // clients that hold on to their connections must not fill the log
      reported = true;
      loop.callExceptionHandler(report.withException(reason).withAddress(listener.localAddress()));
    }
  }

  private void tryAgain() {
    resumption = null;
    start();
  }
}
