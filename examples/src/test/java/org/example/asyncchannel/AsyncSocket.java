package org.example.asyncchannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.Optional;
import org.asyncio4j.spi.SocketHandle;

/** A connected socket. Its addresses are those that it had when the connection was made. */
final class AsyncSocket implements SocketHandle {

  private final AsynchronousSocketChannel channel;
  private final SocketAddress local;
  private final SocketAddress remote;

  private AsyncSocket(
      AsynchronousSocketChannel channel, SocketAddress local, SocketAddress remote) {
    this.channel = channel;
    this.local = local;
    this.remote = remote;
  }

  /** Takes a connected channel, or closes it. */
  static AsyncSocket of(AsynchronousSocketChannel channel) throws IOException {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return new AsyncSocket(channel, channel.getLocalAddress(), channel.getRemoteAddress());
    } catch (IOException failure) {
      Channels.close(channel);
      throw failure;
    }
  }

  AsynchronousSocketChannel channel() {
    return channel;
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.of(remote);
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

  @Override
  public String toString() {
    return "socket from " + local + " to " + remote;
  }
}
