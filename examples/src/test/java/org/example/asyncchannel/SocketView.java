package org.example.asyncchannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.TransportSocket;
import org.asyncio4j.spi.LoopsHere;

/** A socket as users see it, who must not close it. */
record SocketView(EventLoop loop, AsyncSocket socket) implements TransportSocket {

  @Override
  public SocketAddress localAddress() {
    return socket.localAddress();
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return socket.remoteAddress();
  }

  @Override
  public <T> T option(SocketOption<T> option) throws IOException {
    LoopsHere.ensureOwner(loop, "option");
    return socket.option(option);
  }

  @Override
  public <T> void setOption(SocketOption<T> option, T value) throws IOException {
    LoopsHere.ensureOwner(loop, "setOption");
    socket.setOption(option, value);
  }
}
