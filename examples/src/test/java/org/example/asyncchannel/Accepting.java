package org.example.asyncchannel;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousSocketChannel;
import java.time.Duration;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.ServingRequest;

/** Accepts one connection after the other, for as long as the listener is open. */
final class Accepting {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final Completions completions;
  private final AsyncListener listener;
  private final ServingRequest request;

  Accepting(
      EventLoop loop, Completions completions, AsyncListener listener, ServingRequest request) {
    this.loop = loop;
    this.completions = completions;
    this.listener = listener;
    this.request = request;
  }

  void next() {
    if (listener.isOpen()) {
      listener
          .channel()
          .accept(null, completions.handler(request.context(), this::accepted, this::failed));
    }
  }

  private void accepted(AsynchronousSocketChannel channel) {
    if (!listener.isOpen()) {
      Channels.close(channel);
      return;
    }
    try {
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, listener.keepAlive());
      AsyncSocket socket = AsyncSocket.of(channel);
      request.onAccepted().accept(socket);
    } catch (IOException aborted) {
      Channels.close(channel);
    }
    next();
  }

  private void failed(Throwable failure) {
    if (listener.isOpen()) {
      loop.callExceptionHandler(
          ErrorReport.of("accepting failed; trying again in a second")
              .withException(failure)
              .withAddress(listener.localAddress()));
      loop.callLater(PAUSE, this::next);
    }
  }
}
