package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.util.Optional;
import org.asyncio4j.spi.readiness.PollableSocket;
import org.jspecify.annotations.Nullable;

/**
 * What streams, listeners and UDP sockets have in common: one non-blocking channel, its addresses
 * and options.
 */
abstract sealed class NioSocket<C extends SelectableChannel & NetworkChannel>
    implements PollableSocket permits NioStreamSocket, NioListenerSocket, NioUdpSocket {

  // What an unbound socket answers to getsockname().
  private static final SocketAddress UNBOUND = new InetSocketAddress(0);

  private final NioResources resources;
  private final C channel;

  // A closed channel forgets its address, so the last one is kept.
  private @Nullable SocketAddress localAddress;

  NioSocket(NioResources resources, C channel) {
    this.resources = resources;
    this.channel = channel;
    resources.add(channel);
  }

  final NioResources resources() {
    return resources;
  }

  final C channel() {
    return channel;
  }

  @Override
  public final SocketAddress localAddress() {
    keepLocalAddress();
    return localAddress != null ? localAddress : UNBOUND;
  }

  private void keepLocalAddress() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      localAddress = channel.getLocalAddress();
    } catch (IOException ignored) {
      // The last one known is the best answer.
    }
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.empty();
  }

  @Override
  public final <T> T option(SocketOption<T> option) throws IOException {
    return channel.getOption(option);
  }

  @Override
  public final <T> void setOption(SocketOption<T> option, T value) throws IOException {
    channel.setOption(option, value);
  }

  @Override
  public final boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public final void close() {
    keepLocalAddress();
    closeQuietly(channel);
    resources.remove(channel);
  }

  /**
   * Closes a channel whose failure to close nobody could act upon: the descriptor is gone in any
   * case.
   */
  static void closeQuietly(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Linux and the BSDs give the descriptor back even when close() reports an error.
    }
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + localAddress() + (isOpen() ? "]" : ", closed]");
  }
}
