package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.driver.Registration;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.asyncio4j.spi.transport.OpenSockets;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;
import org.jspecify.annotations.Nullable;

/** Accepts the connections of one listener, a bounded number each time that it is ready. */
final class AcceptLoop {

  /** The time to wait for descriptors or memory to become available. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  // Created while descriptors are available: if classes are loaded from files, it could not be
  // loaded without one.
  private static final ErrorReport EXHAUSTED =
      ErrorReport.of("socket.accept() out of system resource");

  private final ReadinessEventLoop loop;
  private final OpenSockets openSockets;
  private final ListenerSocket listener;
  private final boolean keepAlive;
  private final ServingRequest request;
  private final IoHandle handle;

  // Confined to the loop's thread.
  private @Nullable Registration registration;
  private @Nullable TimerHandle resumption;
  private boolean reported; // whether exhaustion was reported since the last accepted connection
  private boolean paused; // by the server
  private boolean exhausted;
  private boolean stopped;

  AcceptLoop(
      ReadinessEventLoop loop,
      OpenSockets openSockets,
      ListenerSocket listener,
      boolean keepAlive,
      ServingRequest request) {
    this.loop = loop;
    this.openSockets = openSockets;
    this.listener = listener;
    this.keepAlive = keepAlive;
    this.request = request;
    this.handle =
        loop.ioHandle(this::acceptBatch, request.context(), "AcceptLoop accept on", listener);
  }

  void start(Poller poller) throws IOException {
    registration = poller.register(listener, Interest.READ, ready -> handle.queue());
  }

  /** Stops accepting, even connections that wait. Further calls do nothing. */
  void stop() {
    stopped = true;
    if (registration != null) {
      registration.cancel();
    }
    if (resumption != null) {
      resumption.cancel();
    }
  }

  /** Pauses accepting until {@link #resume}; waiting connections stay in the backlog. */
  void pause() {
    paused = true;
    updateInterest();
  }

  /** Resumes accepting after {@link #pause}, unless there is another reason to wait. */
  void resume() {
    paused = false;
    updateInterest();
  }

  private void acceptBatch() {
    // One more than can wait, so that one batch empties a full backlog; connections that arrive
    // during the batch wait for the next one.
    for (long left = request.backlog() + 1L; left > 0 && !stopped && !paused; left--) {
      if (!acceptNext()) {
        return;
      }
    }
  }

  /** Returns whether another connection may wait. */
  private boolean acceptNext() {
    StreamSocket socket;
    try {
      socket = listener.accept();
    } catch (ConnectionAbortedException gone) {
      return true;
    } catch (ResourcesExhaustedException resources) {
      waitFor(resources);
      return false;
    } catch (IOException failure) {
      report(ErrorReport.of("socket.accept() failed"), failure);
      return false;
    }
    if (socket == null) {
      return false;
    }
    reported = false;
    openSockets.add(socket);
    keepAlive(socket);
    request.onAccepted().accept(socket);
    return true;
  }

  private void keepAlive(StreamSocket socket) {
    if (keepAlive) {
      try {
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      } catch (IOException | UnsupportedOperationException ignored) {
        // The system has no such option, or the peer has already gone; the next read will fail.
      }
    }
  }

  /** Stops watching for a while: the connection still waits, so the loop would spin. */
  private void waitFor(ResourcesExhaustedException resources) {
    exhausted = true;
    updateInterest();
    if (!reported) { // clients that hold on to their connections must not fill the log
      reported = true;
      report(EXHAUSTED, resources);
    }
    if (!stopped) { // the exception handler may close the server
      resumption = loop.callLater(PAUSE, this::tryAgain, request.context());
    }
  }

  private void tryAgain() {
    exhausted = false;
    updateInterest();
  }

  private void updateInterest() {
    if (registration != null && !stopped) {
      registration.setInterest(paused || exhausted ? Interest.NONE : Interest.READ);
    }
  }

  private void report(ErrorReport report, IOException failure) {
    loop.callExceptionHandler(report.withException(failure).withAddress(listener.localAddress()));
  }
}
