package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.Pollable;
import org.asyncio4j.spi.driver.SendableFile;
import org.asyncio4j.spi.driver.Sockets;
import org.asyncio4j.spi.driver.StreamSocket;

/** Opens channels in non-blocking mode. */
final class NioSockets implements Sockets {

  private final NioResources resources;

  NioSockets(NioResources resources) {
    this.resources = resources;
  }

  @Override
  public StreamSocket openStream(ProtocolFamily family) throws IOException {
    return new NioStreamSocket(resources, open(family, SocketChannel::open));
  }

  @Override
  public ListenerSocket openListener(ProtocolFamily family) throws IOException {
    var listener = new NioListenerSocket(resources, open(family, ServerSocketChannel::open));
    if (family == StandardProtocolFamily.UNIX) {
      return listener; // its addresses cannot linger
    }
    try {
      // The JDK sets it by default; a caller that does not request it must not get it.
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, false);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    return listener;
  }

  @Override
  public DatagramSocket openDatagram(ProtocolFamily family) throws IOException {
    return new NioUdpSocket(resources, open(family, DatagramChannel::open));
  }

  @Override
  public Pollable watchable(Watchable foreign) {
    return switch (foreign) {
      case Watchable.OfChannel(var channel) -> new WatchedChannel(channel);
      case Watchable.OfDescriptor _, Watchable.OfSocket _ ->
          throw new UnsupportedOperationException(
              "cannot watch %s on the loop nio: it needs a SelectableChannel; use Watchable.of(channel), or the loop epoll"
                  .formatted(foreign));
    };
  }

  @Override
  public SendableFile openFile(FileRegion.Source source) throws IOException {
    return NioFile.open(source);
  }

  private static <C extends SelectableChannel> C open(ProtocolFamily family, Opening<C> opening)
      throws IOException {
    C channel;
    try {
      channel = opening.open(family);
    } catch (UnsupportedOperationException e) {
      // No IPv6 here, or java.net.preferIPv4Stack: for a caller that tries addresses in turn, this
      // is just a failed address.
      throw new SocketException(
          "cannot open a socket: address family " + family.name() + " is not supported here", e);
    }
    try {
      channel.configureBlocking(false);
    } catch (IOException e) {
      NioSocket.closeQuietly(channel);
      throw e;
    }
    return channel;
  }

  @FunctionalInterface
  private interface Opening<C> {
    C open(ProtocolFamily family) throws IOException;
  }
}
