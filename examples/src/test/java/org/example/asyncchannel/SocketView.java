package org.example.asyncchannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Optional;
import org.asyncio4j.net.TransportSocket;

/** A socket as users see it, who must not close it. */
record SocketView(AsyncSocket socket) implements TransportSocket {

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
    return socket.option(option);
  }

  @Override
  public <T> void setOption(SocketOption<T> option, T value) throws IOException {
    socket.setOption(option, value);
  }
}
