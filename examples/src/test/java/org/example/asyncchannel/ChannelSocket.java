package org.example.asyncchannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.asyncio4j.spi.completion.PendingOperation;
import org.asyncio4j.spi.hooks.SocketHandle;

/** The common part of all sockets of this loop. */
abstract class ChannelSocket<C extends NetworkChannel> implements SocketHandle {

  final ChannelDriver driver;
  final C channel;

  ChannelSocket(ChannelDriver driver, C channel) {
    this.driver = driver;
    this.channel = channel;
    driver.resources.channels().add(channel);
  }

  /** Performs a blocking operation on its own thread. */
  final <T> void block(
      Blocking<C, T> operation, Consumer<T> onSuccess, Consumer<IOException> onFailure) {
    C only = channel; // the thread must not refer to this socket, which leads to the loop
    PendingOperation<T> pending = driver.queue.begin(onSuccess, onFailure);
    driver.resources.threads().execute(() -> pending.perform(() -> operation.on(only)));
  }

  /** Queries an open channel. */
  static <T> T ask(Callable<T> question) {
    try {
      return question.call();
    } catch (Exception closed) {
      throw new IllegalStateException("cannot ask a channel: " + closed.getMessage(), closed);
    }
  }

  /** For the sockets that connect; listeners have a method of their own. */
  public final void bind(SocketAddress local) throws IOException {
    channel.bind(local);
  }

  @Override
  public final SocketAddress localAddress() {
    return ask(channel::getLocalAddress);
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
    try {
      driver.resources.channels().remove(channel);
      channel.close();
    } catch (IOException ignored) {
      // The descriptor is released nevertheless.
    }
  }

  /** An operation of a channel. */
  interface Blocking<C, T> {
    T on(C channel) throws IOException;
  }
}
