package org.asyncio4j.benchmarks.comparison;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A client that sends a message, waits for the whole reply, and sends the next. */
final class LoadConnection implements AutoCloseable {

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Dialogue dialogue;
  private final ByteBuffer scratch;
  private ByteBuffer message = ByteBuffer.allocate(0);
  private long answered;

  private LoadConnection(
      SocketChannel channel, SelectionKey key, Dialogue dialogue, ByteBuffer scratch) {
    this.channel = channel;
    this.key = key;
    this.dialogue = dialogue;
    this.scratch = scratch;
  }

  /**
   * Connects.
   *
   * @param dialogue the messages and replies
   * @param scratch the memory to read into, which all connections share
   */
  static LoadConnection open(Selector selector, int port, Dialogue dialogue, ByteBuffer scratch)
      throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    LoadConnection connection = new LoadConnection(channel, key, dialogue, scratch);
    key.attach(connection);
    return connection;
  }

  /** Returns the number of requests with a reply. */
  long answered() {
    return answered;
  }

  void send() throws IOException {
    message = dialogue.nextMessage();
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
      throw new IOException("cannot read a reply: the server has closed the connection");
    }
    if (dialogue.receive(scratch.flip())) {
      answered += dialogue.requestsPerMessage();
      send();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
