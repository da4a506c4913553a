package org.example.asyncchannel;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.util.Optional;
import org.asyncio4j.spi.BindSocketRequest;
import org.asyncio4j.spi.SocketHandle;
import org.jspecify.annotations.Nullable;

/** A listening socket. It listens as soon as it is bound, but nobody is accepted before. */
final class AsyncListener implements SocketHandle {

  private final AsynchronousServerSocketChannel channel;
  private final SocketAddress local;
  private final boolean keepAlive;
  private @Nullable Accepting accepting;

  private AsyncListener(
      AsynchronousServerSocketChannel channel, SocketAddress local, boolean keepAlive) {
    this.channel = channel;
    this.local = local;
    this.keepAlive = keepAlive;
  }

  static AsyncListener bind(AsynchronousChannelGroup group, BindSocketRequest request)
      throws IOException {
    AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open(group);
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, request.reuseAddress());
      channel.bind(request.address(), request.backlog());
      return new AsyncListener(channel, channel.getLocalAddress(), request.keepAlive());
    } catch (IOException | RuntimeException failure) {
      Channels.close(channel);
      throw failure;
    }
  }

  void serve(Accepting started) {
    accepting = started;
    started.next();
  }

  /** {@return what accepts its connections, which has begun} */
  Accepting accepting() {
    return requireNonNull(accepting, "accepting");
  }

  AsynchronousServerSocketChannel channel() {
    return channel;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.empty();
  }

  @Override
  public <T> T option(SocketOption<T> option) throws IOException {
    return channel.getOption(option);
  }

  @Override
  public <T> void setOption(SocketOption<T> option, T value) throws IOException {
    channel.setOption(option, value);
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    Channels.close(channel);
  }
}
