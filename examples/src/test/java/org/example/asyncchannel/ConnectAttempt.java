package org.example.asyncchannel;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.ConnectSocketRequest;
import org.asyncio4j.spi.SocketHandle;
import org.jspecify.annotations.Nullable;

/** Connects a socket, unless it is cancelled before. */
final class ConnectAttempt {

  private final EventLoop loop;
  private final Completions completions;
  private final AsynchronousChannelGroup group;

  ConnectAttempt(EventLoop loop, Completions completions, AsynchronousChannelGroup group) {
    this.loop = loop;
    this.completions = completions;
    this.group = group;
  }

  Future<SocketHandle> start(ConnectSocketRequest request) {
    Promise<SocketHandle> connected = loop.createFuture();
    @Nullable AsynchronousSocketChannel channel = null;
    try {
      channel = AsynchronousSocketChannel.open(group);
      if (request.local().isPresent()) {
        channel.bind(request.local().get());
      }
      connect(channel, request, connected);
    } catch (IOException failure) {
      if (channel != null) {
        Channels.close(channel);
      }
      connected.setException(named(failure, request));
    }
    return connected;
  }

  private void connect(
      AsynchronousSocketChannel channel,
      ConnectSocketRequest request,
      Promise<SocketHandle> connected) {
    connected.addDoneCallback(done -> {
      if (done.isCancelled()) {
        Channels.close(channel);
      }
    });
    channel.connect(
        request.remote(),
        null,
        completions.handler(
            Context.copyCurrent(),
            nothing -> succeed(channel, connected),
            failure -> fail(channel, connected, named(failure, request))));
  }

  private static void succeed(AsynchronousSocketChannel channel, Promise<SocketHandle> connected) {
    if (connected.isDone()) {
      Channels.close(channel);
      return;
    }
    try {
      connected.setResult(AsyncSocket.of(channel));
    } catch (IOException failure) {
      connected.setException(failure);
    }
  }

  private static void fail(
      AsynchronousSocketChannel channel, Promise<SocketHandle> connected, Throwable failure) {
    Channels.close(channel);
    connected.trySetException(failure);
  }

  /** The system's messages say what went wrong, but not with which address. */
  private static Throwable named(Throwable failure, ConnectSocketRequest request) {
    IOException clear =
        switch (failure) {
          case BindException _ ->
              new BindException("%s: %s".formatted(request.local(), failure.getMessage()));
          case ConnectException _ ->
              new ConnectException("%s: %s".formatted(request.remote(), failure.getMessage()));
          case IOException other -> other;
          default -> new IOException(failure);
        };
    if (clear != failure && clear.getCause() == null) {
      clear.initCause(failure);
    }
    return clear;
  }
}
