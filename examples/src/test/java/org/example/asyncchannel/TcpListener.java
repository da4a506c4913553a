package org.example.asyncchannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import org.asyncio4j.spi.completion.AcceptCompletion;
import org.asyncio4j.spi.completion.CompletionListener;

/** A listening TCP socket over an asynchronous channel. */
final class TcpListener extends ChannelSocket<AsynchronousServerSocketChannel>
    implements CompletionListener {

  TcpListener(ChannelDriver driver, AsynchronousServerSocketChannel channel) {
    super(driver, channel);
  }

  @Override
  public void bind(SocketAddress address, int backlog) throws IOException {
    channel.bind(address, backlog);
  }

  @Override
  public void accept(AcceptCompletion completion) {
    channel.accept(
        null,
        driver.queue.begin(c -> completion.accepted(new TcpSocket(driver, c)), completion::failed));
  }
}
