package org.asyncio4j.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** A relay with one connection, and its two ends. Blocks for as long as nothing happens. */
final class Ends implements AutoCloseable {

  private static final int QUIET_MILLIS = 50;

  private final ServerSocketChannel listener;
  private final FaultProxy proxy;
  private final SocketChannel caller;
  private final SocketChannel target;

  private Ends(ProtocolFamily family, ConnectionPlan plan, boolean reached) throws IOException {
    boolean unix = family == StandardProtocolFamily.UNIX;
    this.listener = ServerSocketChannel.open(family);
    listener.setOption(StandardSocketOptions.SO_RCVBUF, FaultProxy.BUFFER_BYTES);
    listener.bind(unix ? null : new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1);
    this.proxy = FaultProxy.to(listener.getLocalAddress(), number -> plan);
    this.caller = SocketChannel.open(family);
    caller.connect(proxy.address());
    this.target = reached ? listener.accept() : SocketChannel.open(family);
    if (!unix) {
      caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
      target.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  static Ends of(ProtocolFamily family, LinePlan toTarget) throws IOException {
    return new Ends(family, new ConnectionPlan.Relayed(toTarget, LinePlan.faithful()), true);
  }

  static Ends faithful(ProtocolFamily family) throws IOException {
    return of(family, LinePlan.faithful());
  }

  static Ends refused(ProtocolFamily family) throws IOException {
    return new Ends(family, new ConnectionPlan.Refused(), false);
  }

  SocketChannel caller() {
    return caller;
  }

  SocketChannel target() {
    return target;
  }

  FaultProxy proxy() {
    return proxy;
  }

  static void send(SocketChannel from, String text) throws IOException {
    Channels.newOutputStream(from).write(text.getBytes(StandardCharsets.US_ASCII));
  }

  static String receive(SocketChannel at, int length) throws IOException {
    byte[] received = Channels.newInputStream(at).readNBytes(length);
    return new String(received, StandardCharsets.US_ASCII);
  }

  /** Reads once, and returns the number of bytes. */
  static int receiveOnce(SocketChannel at) throws IOException {
    return Channels.newInputStream(at).read(new byte[1024]);
  }

  /** Expects nothing to arrive for a while, no byte and no end. */
  static void expectQuiet(SocketChannel at) throws IOException {
    at.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      SelectionKey _ = at.register(selector, SelectionKey.OP_READ);
      assertThat(selector.select(QUIET_MILLIS)).as("what arrives").isZero();
    }
    at.configureBlocking(true);
  }

  /** Closes a TCP socket by a reset; a Unix socket is closed. */
  static void reset(SocketChannel socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    socket.close();
  }

  /** Reads up to the end, and returns the number of bytes and the kind of end. */
  static String receiveAll(SocketChannel at) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    byte[] buffer = new byte[1024];
    InputStream in = Channels.newInputStream(at);
    while (true) {
      int count;
      try {
        count = in.read(buffer);
      } catch (SocketException reset) {
        return received.toString(StandardCharsets.US_ASCII) + ", reset";
      }
      if (count < 0) {
        return received.toString(StandardCharsets.US_ASCII) + ", end";
      }
      received.write(buffer, 0, count);
    }
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    caller.close();
    target.close();
    if (listener.isOpen() && listener.getLocalAddress() instanceof UnixDomainSocketAddress unix) {
      Files.delete(unix.getPath());
    }
    listener.close();
  }
}
