package org.example.asyncchannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.spi.completion.Completion;
import org.asyncio4j.spi.completion.CompletionSocket;

/** A Unix socket, each operation of which blocks a thread. */
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
    block(c -> c.connect(address), connected -> completion.completed(0), completion::failed);
  }

  @Override
  public void read(ByteBuffer target, Completion completion) {
    block(c -> c.read(target), completion::completed, completion::failed);
  }

  @Override
  public void write(List<ByteBuffer> sources, Completion completion) {
    ByteBuffer[] buffers = sources.toArray(ByteBuffer[]::new);
    block(
        c -> c.write(buffers), count -> completion.completed(count.intValue()), completion::failed);
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }
}
