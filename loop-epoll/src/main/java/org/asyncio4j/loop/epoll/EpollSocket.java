package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.asyncio4j.spi.driver.PollableSocket;
import org.jspecify.annotations.Nullable;

/**
 * The common part of streams, listeners and datagram sockets: one descriptor, its addresses and
 * options.
 */
abstract sealed class EpollSocket implements PollableSocket, EpollPollable
    permits EpollStreamSocket, EpollListenerSocket, EpollUdpSocket, EpollUnixDatagramSocket {

  private static final SocketAddress UNBOUND = new InetSocketAddress(0);

  private final LinuxSocket socket;
  private final SocketOptions options;

  // Other threads may read the address, but only the loop's thread may call the system. So the
  // address is queried at once when it changes, or else when it is first read or the socket is
  // closed.
  private @Nullable SocketAddress localAddress;

  EpollSocket(LinuxSocket socket, SocketOptions options) {
    this.socket = socket;
    this.options = options;
  }

  final LinuxSocket socket() {
    return socket;
  }

  @Override
  public final int fd() throws ClosedChannelException {
    return socket.fd();
  }

  /** Must be called after a call that changed the local address. */
  final void localAddressChanged() {
    localAddress = null;
    keepLocalAddress();
  }

  @Override
  public final SocketAddress localAddress() {
    keepLocalAddress();
    return localAddress != null ? localAddress : UNBOUND;
  }

  private void keepLocalAddress() {
    if (localAddress != null || !socket.isOpen()) {
      return;
    }
    try {
      localAddress = socket.localAddress();
    } catch (IOException ignored) {
      // The only remedy is to query it again later.
    }
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.empty();
  }

  @Override
  public final <T> T option(SocketOption<T> option) throws IOException {
    return options.get(socket, option);
  }

  @Override
  public final <T> void setOption(SocketOption<T> option, T value) throws IOException {
    options.set(socket, option, value);
  }

  @Override
  public final boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public final void close() {
    keepLocalAddress();
    socket.close();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + localAddress() + (isOpen() ? "]" : ", closed]");
  }
}
