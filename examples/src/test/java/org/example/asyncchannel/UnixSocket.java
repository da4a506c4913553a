package org.example.asyncchannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.spi.completion.Completion;
import org.asyncio4j.spi.completion.CompletionSocket;

/** A Unix socket. Each operation blocks a thread. */
final class UnixSocket extends ChannelSocket<SocketChannel> implements CompletionSocket {

  UnixSocket(ChannelDriver driver, SocketChannel channel) {
    super(driver, channel);
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(ask(channel::getRemoteAddress));
  }

  @Override
  public void connect(SocketAddress address, Completion completion) {
    driver.block(
        () -> channel.connect(address),
        driver.handler(connected -> completion.completed(0), completion::failed));
  }

  @Override
  public void read(ByteBuffer target, Completion completion) {
    driver.block(
        () -> channel.read(target), driver.handler(completion::completed, completion::failed));
  }

  @Override
  public void write(List<ByteBuffer> sources, Completion completion) {
    ByteBuffer[] buffers = sources.toArray(ByteBuffer[]::new);
    driver.block(
        () -> channel.write(buffers),
        driver.handler(count -> completion.completed(count.intValue()), completion::failed));
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }
}
