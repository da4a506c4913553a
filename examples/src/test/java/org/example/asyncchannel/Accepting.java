package org.example.asyncchannel;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousSocketChannel;
import java.time.Duration;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.ServingRequest;
import org.jspecify.annotations.Nullable;

/** Accepts one connection after the other, for as long as the listener is open. */
final class Accepting {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final Completions completions;
  private final AsyncListener listener;
  private final ServingRequest request;
  private boolean paused;
  private boolean waiting; // for a connection
  private @Nullable AsynchronousSocketChannel kept; // that came while this was paused

  Accepting(
      EventLoop loop, Completions completions, AsyncListener listener, ServingRequest request) {
    this.loop = loop;
    this.completions = completions;
    this.listener = listener;
    this.request = request;
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    AsynchronousSocketChannel channel = kept;
    kept = null;
    if (channel != null) {
      loop.callSoon(() -> accepted(channel), request.context());
    } else {
      next();
    }
  }

  void stop() {
    listener.close();
    if (kept != null) {
      Channels.close(kept);
    }
  }

  void next() {
    if (listener.isOpen() && !paused && !waiting) {
      waiting = true;
      listener
          .channel()
          .accept(null, completions.handler(request.context(), this::accepted, this::failed));
    }
  }

  private void accepted(AsynchronousSocketChannel channel) {
    waiting = false;
    if (!listener.isOpen()) {
      Channels.close(channel);
      return;
    }
    if (paused) { // a call of accept cannot be taken back
      kept = channel;
      return;
    }
    next(); // before the call, which may park
    try {
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, listener.keepAlive());
      AsyncSocket socket = AsyncSocket.of(channel);
      request.onAccepted().accept(socket);
    } catch (IOException aborted) {
      Channels.close(channel);
    }
  }

  private void failed(Throwable failure) {
    waiting = false;
    if (listener.isOpen()) {
      loop.callExceptionHandler(
          ErrorReport.of("accepting failed; trying again in a second")
              .withException(failure)
              .withAddress(listener.localAddress()));
      loop.callLater(PAUSE, this::next);
    }
  }
}
