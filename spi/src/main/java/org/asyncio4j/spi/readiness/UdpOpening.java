package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import org.asyncio4j.spi.BindDatagramRequest;
import org.asyncio4j.spi.ConnectDatagramRequest;
import org.asyncio4j.spi.ConnectUnixDatagramRequest;
import org.asyncio4j.spi.OpenUnixDatagramRequest;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.internal.socket.SocketFailures;
import org.asyncio4j.spi.transport.OpenSockets;

/** Opens sockets of datagrams, bound or connected. */
final class UdpOpening {

  private final OpenSockets openSockets;
  private final Sockets sockets;

  UdpOpening(LoopResources resources, Sockets sockets) {
    this.openSockets = resources.openSockets();
    this.sockets = sockets;
  }

  SocketHandle bind(BindDatagramRequest request) throws IOException {
    return open(
        SocketConnector.familyOf(request.address()),
        socket -> {
          if (request.broadcast()) {
            socket.setOption(StandardSocketOptions.SO_BROADCAST, true);
          }
          share(socket, request.reusePort());
          bind(socket, request.address());
        });
  }

  SocketHandle connect(ConnectDatagramRequest request) throws IOException {
    InetSocketAddress remote = request.remote();
    return open(
        SocketConnector.familyOf(remote),
        socket -> {
          share(socket, request.reusePort());
          if (request.local().isPresent()) {
            bind(socket, request.local().get());
          }
          connect(socket, remote);
        });
  }

  SocketHandle open(OpenUnixDatagramRequest request) throws IOException {
    return open(
        StandardProtocolFamily.UNIX,
        socket -> {
          if (request.local().isPresent()) {
            bind(socket, request.local().get());
          }
        });
  }

  void connect(ConnectUnixDatagramRequest request) throws IOException {
    connect(socketOf(request.socket()), request.remote());
  }

  static UdpSocket socketOf(SocketHandle handle) {
    if (handle instanceof UdpSocket socket) {
      return socket;
    }
    throw new IllegalArgumentException(
        "socket must be a UdpSocket but was %s; pass one of this loop's bindDatagram, connectDatagram or openUnixDatagram"
            .formatted(handle));
  }

  private static void connect(UdpSocket socket, SocketAddress remote) throws IOException {
    try {
      socket.connect(remote);
    } catch (IOException refused) {
      throw SocketFailures.connect(remote, refused);
    }
  }

  private static void share(UdpSocket socket, boolean reusePort) throws IOException {
    if (reusePort) {
      socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
  }

  private static void bind(UdpSocket socket, SocketAddress local) throws IOException {
    try {
      socket.bind(local);
    } catch (IOException refused) {
      throw SocketFailures.bind(local, refused);
    }
  }

  private SocketHandle open(ProtocolFamily family, Setup setup) throws IOException {
    UdpSocket socket = sockets.openUdp(family);
    boolean done = false;
    try {
      setup.apply(socket);
      done = true;
    } finally {
      if (!done) {
        socket.close();
      }
    }
    openSockets.add(socket);
    return socket;
  }

  @FunctionalInterface
  private interface Setup {
    void apply(UdpSocket socket) throws IOException;
  }
}
