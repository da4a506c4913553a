package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.TransportSocket;
import org.asyncio4j.spi.LoopsHere;

/** A socket as applications see it: it cannot be cast back to one that they could close. */
final class SocketView implements TransportSocket {

  private final EventLoop loop;
  private final TransportSocket socket;

  SocketView(EventLoop loop, TransportSocket socket) {
    this.loop = loop;
    this.socket = socket;
  }

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

  @Override
  public String toString() {
    return "socket " + socket.localAddress();
  }
}
