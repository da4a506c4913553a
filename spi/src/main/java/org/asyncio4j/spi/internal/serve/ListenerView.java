package org.asyncio4j.spi.internal.serve;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.cycle.LoopThread;

/** The view of a listening socket for users, who cannot close it, not even with a cast. */
record ListenerView(EventLoop loop, SocketHandle socket) implements TransportSocket {

  @Override
  public SocketAddress localAddress() {
    return socket.localAddress();
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.empty();
  }

  @Override
  public <T> T option(SocketOption<T> option) throws IOException {
    LoopThread.ensureOwner(loop, "option");
    return socket.option(option);
  }

  @Override
  public <T> void setOption(SocketOption<T> option, T value) throws IOException {
    LoopThread.ensureOwner(loop, "setOption");
    socket.setOption(option, value);
  }

  @Override
  public String toString() {
    return "<listener " + socket.localAddress() + ">";
  }
}
