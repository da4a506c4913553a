package org.asyncio4j.tck.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The blocking sockets of a relay, of the same kind as its target, TCP or Unix. */
final class Sockets {

  private static final int BACKLOG = 1024;
  private static final String LOOPBACK = "127.0.0.1";

  private Sockets() {}

  /** Listens on a free address: on the IPv4 loopback, or on a new file. */
  static ServerSocketChannel listenLike(SocketAddress target) throws IOException {
    ServerSocketChannel listener =
        isUnix(target)
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    try {
      listener.setOption(StandardSocketOptions.SO_RCVBUF, FaultProxy.BUFFER_BYTES);
      return listener.bind(anyLike(target), BACKLOG);
    } catch (IOException refused) {
      closeQuietly(listener);
      throw refused;
    }
  }

  static SocketChannel openLike(SocketAddress target) throws IOException {
    return isUnix(target) ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
  }

  /**
   * Makes a socket delay data as little as possible, by small buffers and without waiting for more
   * to send.
   */
  static void prepare(SocketChannel socket) throws IOException {
    set(socket, StandardSocketOptions.SO_RCVBUF, FaultProxy.BUFFER_BYTES);
    set(socket, StandardSocketOptions.SO_SNDBUF, FaultProxy.BUFFER_BYTES);
    set(socket, StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Closes a socket by a reset, see {@link Ending.Reset}. */
  static void reset(SocketChannel socket) {
    try {
      set(socket, StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException closed) {
      // There is nothing left to reset.
    }
    closeQuietly(socket);
  }

  static void closeQuietly(Channel socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // The system has freed the descriptor anyway.
    }
  }

  private static boolean isUnix(SocketAddress target) {
    return target instanceof UnixDomainSocketAddress;
  }

  private static @Nullable SocketAddress anyLike(SocketAddress target) {
    return isUnix(target) ? null : new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), 0);
  }

  private static <T> void set(NetworkChannel socket, SocketOption<T> option, T value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      NetworkChannel ignored = socket.setOption(option, value);
    }
  }
}
