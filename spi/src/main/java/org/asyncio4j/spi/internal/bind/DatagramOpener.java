package org.asyncio4j.spi.internal.bind;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.socket.SocketFailures;
import org.asyncio4j.spi.transport.OpenSockets;

/** Opens and connects datagram sockets. Used on the loop's thread. */
public final class DatagramOpener {

  private DatagramOpener() {}

  /** Sets the options of a new socket and binds it; it is closed if that fails. */
  public static SocketHandle open(
      OpenSockets openSockets, SocketHandle socket, OpenDatagramRequest request, ToAddress bind)
      throws IOException {
    boolean done = false;
    try {
      if (request.broadcast()) {
        socket.setOption(StandardSocketOptions.SO_BROADCAST, true);
      }
      if (request.reusePort()) {
        socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      if (request.local().isPresent()) {
        bind(request.local().get(), bind);
      }
      done = true;
    } finally {
      if (!done) {
        socket.close();
      }
    }
    openSockets.add(socket);
    return socket;
  }

  /** Connects a socket, and names the address if that fails. */
  public static void connect(SocketAddress remote, ToAddress connect) throws IOException {
    try {
      connect.call(remote);
    } catch (IOException refused) {
      throw SocketFailures.connect(remote, refused);
    }
  }

  /** Returns the socket that a handle is, if it is of the given kind. */
  public static <S> S socketOf(SocketHandle handle, Class<S> kind) {
    if (kind.isInstance(handle)) {
      return kind.cast(handle);
    }
    throw new IllegalArgumentException(
        "cannot use %s for datagrams: openDatagram of this loop did not return it; pass a socket of this loop"
            .formatted(handle));
  }

  private static void bind(SocketAddress local, ToAddress bind) throws IOException {
    try {
      bind.call(local);
    } catch (IOException refused) {
      throw SocketFailures.bind(local, refused);
    }
  }

  /** A call of the socket with an address. */
  @FunctionalInterface
  public interface ToAddress {

    void call(SocketAddress address) throws IOException;
  }
}
