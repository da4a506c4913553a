package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.spi.RunningLoop;

/**
 * The view of a socket for applications, which cannot be cast to a socket that can be closed. Its
 * addresses are those at the time the connection was made, because a socket loses the address of
 * its peer when the peer resets the connection.
 */
final class SocketView implements TransportSocket {

  private final EventLoop loop;
  private final TransportSocket socket;
  private final SocketAddress local;
  private final Optional<SocketAddress> remote;

  SocketView(EventLoop loop, TransportSocket socket) {
    this.loop = loop;
    this.socket = socket;
    this.local = socket.localAddress();
    this.remote = socket.remoteAddress();
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return remote;
  }

  @Override
  public <T> T option(SocketOption<T> option) throws IOException {
    RunningLoop.ensureOwner(loop, "option");
    return socket.option(option);
  }

  @Override
  public <T> void setOption(SocketOption<T> option, T value) throws IOException {
    RunningLoop.ensureOwner(loop, "setOption");
    socket.setOption(option, value);
  }

  @Override
  public String toString() {
    return "socket " + local;
  }
}
