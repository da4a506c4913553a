package org.example.asyncchannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.asyncio4j.spi.completion.AcceptCompletion;
import org.asyncio4j.spi.completion.CompletionListener;

/** A listening Unix socket, each accept of which blocks a thread. */
final class UnixListener extends ChannelSocket<ServerSocketChannel> implements CompletionListener {

  UnixListener(ChannelDriver driver, ServerSocketChannel channel) {
    super(driver, channel);
  }

  @Override
  public void bind(SocketAddress address, int backlog) throws IOException {
    channel.bind(address, backlog);
  }

  @Override
  public void accept(AcceptCompletion completion) {
    block(
        ServerSocketChannel::accept,
        accepted -> completion.accepted(new UnixSocket(driver, accepted)),
        completion::failed);
  }
}
