package org.example.asyncchannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.spi.completion.Completion;
import org.asyncio4j.spi.completion.CompletionSocket;

/** A TCP socket over an asynchronous channel. */
final class TcpSocket extends ChannelSocket<AsynchronousSocketChannel> implements CompletionSocket {

  TcpSocket(ChannelDriver driver, AsynchronousSocketChannel channel) {
    super(driver, channel);
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(ask(channel::getRemoteAddress));
  }

  @Override
  public void connect(SocketAddress address, Completion completion) {
    channel.connect(
        address,
        null,
        driver.queue.begin(connected -> completion.completed(0), completion::failed));
  }

  @Override
  public void read(ByteBuffer target, Completion completion) {
    channel.read(target, null, driver.queue.begin(completion::completed, completion::failed));
  }

  @Override
  public void write(List<ByteBuffer> sources, Completion completion) {
    driver.follow(
        channel.write(sources.getFirst()),
        driver.queue.begin(completion::completed, completion::failed));
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }
}
