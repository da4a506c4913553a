package org.asyncio4j.spi.completion;

import java.io.IOException;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.internal.bind.Acceptor;
import org.asyncio4j.spi.internal.bind.BoundListener;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the connections of one listener, one after the other. An accept cannot be cancelled: if
 * it completes while the server is paused, the connection (at most one) is kept.
 */
final class AcceptLoop implements Acceptor, AcceptCompletion {

  private final CompletionEventLoop loop;
  private final BoundListener<?> owner;
  private final CompletionListener listener;
  private final ServingRequest request;
  private final IoHandle handle;

  private @Nullable CompletionSocket accepted;
  private @Nullable IOException failure;
  private @Nullable TimerHandle resumption;
  private boolean underWay;
  private boolean reported; // whether a failure was reported since the last accepted connection
  private boolean paused;
  private boolean stopped;

  private AcceptLoop(
      CompletionEventLoop loop,
      BoundListener<?> owner,
      CompletionListener listener,
      ServingRequest request) {
    this.loop = loop;
    this.owner = owner;
    this.listener = listener;
    this.request = request;
    this.handle = loop.ioHandle(this::proceed, request.context(), "accept on", listener);
  }

  static AcceptLoop start(
      CompletionEventLoop loop,
      BoundListener<?> owner,
      CompletionListener listener,
      ServingRequest request) {
    AcceptLoop created = new AcceptLoop(loop, owner, listener, request);
    created.underWay = true;
    listener.accept(created);
    return created;
  }

  private void acceptNext() {
    if (!underWay && !stopped && !paused && resumption == null) {
      underWay = true;
      try {
        listener.accept(this);
      } catch (RuntimeException | Error thrown) {
        failed(new IOException("cannot accept on %s: %s".formatted(listener, thrown), thrown));
      }
    }
  }

  @Override
  public void stop() {
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

  @Override
  public void pause() {
    paused = true;
    handle.cancel();
  }

  @Override
  public void resume() {
    paused = false;
    if (accepted != null || failure != null) {
      handle.queue();
    } else {
      acceptNext();
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
      owner.take(socket);
      acceptNext(); // before the call, which may be suspended
      request.onAccepted().accept(socket);
    } else if (reason != null) {
      handle(reason);
    }
  }

  private void handle(IOException reason) {
    switch (reason) {
      case ConnectionAbortedException gone -> acceptNext();
      case ResourcesExhaustedException exhausted -> waitAfter(EXHAUSTED, exhausted);
      default -> waitAfter(ErrorReport.of("socket.accept() failed"), reason);
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
    acceptNext();
  }
}
