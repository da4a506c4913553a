package org.example.asyncchannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.asyncio4j.spi.completion.Completion;
import org.asyncio4j.spi.completion.CompletionDatagramSocket;
import org.asyncio4j.spi.completion.ReceiveCompletion;
import org.jspecify.annotations.Nullable;

/** A UDP socket, each operation of which blocks a thread. */
final class UdpSocket extends ChannelSocket<DatagramChannel> implements CompletionDatagramSocket {

  UdpSocket(ChannelDriver driver, DatagramChannel channel) {
    super(driver, channel);
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(ask(channel::getRemoteAddress));
  }

  @Override
  public void connect(SocketAddress remote) throws IOException {
    channel.connect(remote);
  }

  @Override
  public void receive(ByteBuffer target, ReceiveCompletion completion) {
    block(
        c -> c.receive(target),
        from -> completion.received(target.position(), from),
        completion::failed);
  }

  @Override
  public void send(ByteBuffer source, @Nullable SocketAddress to, Completion completion) {
    block(
        c -> to == null ? c.write(source) : c.send(source, to),
        completion::completed,
        completion::failed);
  }
}
