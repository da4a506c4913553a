package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A client that asks, waits for the whole answer, and asks again. */
final class LoadConnection implements AutoCloseable {

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer message;
  private final ByteBuffer scratch;
  private int toRead;
  private long answered;

  private LoadConnection(
      SocketChannel channel, SelectionKey key, ByteBuffer message, ByteBuffer scratch) {
    this.channel = channel;
    this.key = key;
    this.message = message;
    this.scratch = scratch;
  }

  /**
   * Connects.
   *
   * @param payload what to ask
   * @param scratch where to read to; what it holds does not matter
   */
  static LoadConnection open(Selector selector, int port, ByteBuffer payload, ByteBuffer scratch)
      throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    LoadConnection connection = new LoadConnection(channel, key, payload.duplicate(), scratch);
    key.attach(connection);
    return connection;
  }

  long answered() {
    return answered;
  }

  void ask() throws IOException {
    message.clear();
    toRead = message.capacity();
    write();
  }

  void ready() throws IOException {
    if (key.isWritable()) {
      write();
    }
    if (key.isReadable()) {
      read();
    }
  }

  private void write() throws IOException {
    channel.write(message);
    int interest =
        message.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  private void read() throws IOException {
    int count = channel.read(scratch.clear());
    if (count < 0) {
      throw new IOException("server must answer every byte but closed the connection");
    }
    toRead -= count;
    if (toRead == 0) {
      answered++;
      ask();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
