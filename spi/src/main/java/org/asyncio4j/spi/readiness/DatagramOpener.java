package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.driver.Sockets;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.socket.SocketFailures;
import org.asyncio4j.spi.transport.OpenSockets;

/** Opens and connects datagram sockets. */
final class DatagramOpener {

  private final OpenSockets openSockets;
  private final Sockets sockets;

  DatagramOpener(LoopResources resources, Sockets sockets) {
    this.openSockets = resources.openSockets();
    this.sockets = sockets;
  }

  SocketHandle open(OpenDatagramRequest request) throws IOException {
    DatagramSocket socket = sockets.openUdp(request.family());
    boolean done = false;
    try {
      configure(socket, request);
      if (request.local().isPresent()) {
        bind(socket, request.local().get());
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

  static DatagramSocket socketOf(SocketHandle handle) {
    if (handle instanceof DatagramSocket socket) {
      return socket;
    }
    throw new IllegalArgumentException(
        "socket must come from openDatagram of this loop: " + handle);
  }

  void connect(ConnectDatagramRequest request) throws IOException {
    try {
      socketOf(request.socket()).connect(request.remote());
    } catch (IOException refused) {
      throw SocketFailures.connect(request.remote(), refused);
    }
  }

  private static void configure(DatagramSocket socket, OpenDatagramRequest request)
      throws IOException {
    if (request.broadcast()) {
      socket.setOption(StandardSocketOptions.SO_BROADCAST, true);
    }
    if (request.reusePort()) {
      socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
  }

  private static void bind(DatagramSocket socket, SocketAddress local) throws IOException {
    try {
      socket.bind(local);
    } catch (IOException refused) {
      throw SocketFailures.bind(local, refused);
    }
  }
}
