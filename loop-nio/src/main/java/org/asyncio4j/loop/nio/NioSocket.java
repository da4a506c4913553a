package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.util.Optional;
import org.asyncio4j.spi.driver.PollableSocket;
import org.jspecify.annotations.Nullable;

/**
 * The common part of streams, listeners and UDP sockets: one non-blocking channel, its addresses
 * and options.
 */
abstract sealed class NioSocket<C extends SelectableChannel & NetworkChannel>
    implements PollableSocket permits NioStreamSocket, NioListenerSocket, NioUdpSocket {

  // The result of getsockname() for an unbound socket.
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
      // The last known address is the best result.
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
   * Closes a channel and ignores failures, since no caller could handle them: the descriptor is
   * released in any case.
   */
  static void closeQuietly(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Linux and the BSDs release the descriptor even if close() reports an error.
    }
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + localAddress() + (isOpen() ? "]" : ", closed]");
  }
}
