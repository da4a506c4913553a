package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.asyncio4j.benchmarks.comparison.AlignedBuffers;
import org.asyncio4j.benchmarks.comparison.ServerProcess;
import org.jspecify.annotations.Nullable;

/** The lower bound for Java: a selector without a framework. */
final class SelectorEcho {

  private static final ByteBuffer SHARED = AlignedBuffers.allocate(256 * 1024);

  private final SocketChannel channel;
  private @Nullable ByteBuffer unwritten;

  private SelectorEcho(SocketChannel channel) {
    this.channel = channel;
  }

  static void serve() throws IOException {
    try (Selector selector = Selector.open();
        ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
      ServerProcess.announce(((InetSocketAddress) listener.getLocalAddress()).getPort());
      while (true) {
        selector.select(SelectorEcho::ready);
      }
    }
  }

  private static void ready(SelectionKey key) {
    try {
      if (key.attachment() instanceof SelectorEcho connection) {
        connection.serve(key);
      } else {
        accept(key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void accept(SelectionKey key) throws IOException {
    SocketChannel accepted = ((ServerSocketChannel) key.channel()).accept();
    if (accepted != null) {
      accepted.configureBlocking(false);
      accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      accepted.register(key.selector(), SelectionKey.OP_READ, new SelectorEcho(accepted));
    }
  }

  private void serve(SelectionKey key) throws IOException {
    try {
      if (unwritten == null) {
        echo(key);
      } else {
        channel.write(unwritten);
        if (!unwritten.hasRemaining()) {
          unwritten = null;
          key.interestOps(SelectionKey.OP_READ);
        }
      }
    } catch (IOException reset) {
      channel.close();
    }
  }

  private void echo(SelectionKey key) throws IOException {
    if (channel.read(SHARED.clear()) < 0) {
      channel.close();
      return;
    }
    channel.write(SHARED.flip());
    if (SHARED.hasRemaining()) {
      unwritten = ByteBuffer.allocateDirect(SHARED.remaining()).put(SHARED).flip();
      key.interestOps(SelectionKey.OP_WRITE);
    }
  }
}
