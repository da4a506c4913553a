package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.SocketAddress;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.StreamSocket;
import org.jspecify.annotations.Nullable;

/** A listening TCP or Unix socket. */
final class EpollListenerSocket extends EpollSocket implements ListenerSocket {

  EpollListenerSocket(LinuxSocket socket) {
    super(socket, socket.isUnix() ? SocketOptions.UNIX_LISTENER : SocketOptions.LISTENER);
  }

  @Override
  public void bind(SocketAddress local, int backlog) throws IOException {
    socket().bind(local);
    localAddressChanged();
  }

  @Override
  public void listen(int backlog) throws IOException {
    socket().listen(backlog);
  }

  @Override
  public @Nullable StreamSocket accept() throws IOException {
    LinuxSocket accepted = socket().accept();
    return accepted == null ? null : new EpollStreamSocket(accepted, socket().acceptedPeer());
  }
}
