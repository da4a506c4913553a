package org.asyncio4j.internal.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamPeer;

/** The other end of a connection in memory. */
final class MemoryPeer implements StreamPeer {

  private final EventLoop loop;
  private final MemoryTransport transport;
  private final StreamConnection streams;
  private boolean ended;

  private MemoryPeer(EventLoop loop, MemoryTransport transport, StreamConnection streams) {
    this.loop = loop;
    this.transport = transport;
    this.streams = streams;
  }

  static StreamPeer open(EventLoop loop, StreamOptions options) {
    StreamsProtocol protocol = StreamsProtocol.ofClient(loop, options);
    MemoryTransport transport = new MemoryTransport(loop, protocol);
    protocol.connectionMade(transport);
    return new MemoryPeer(loop, transport, protocol.open());
  }

  @Override
  public StreamConnection streams() {
    return streams;
  }

  @Override
  public void feedData(byte[] data) {
    ByteBuffer copy = ByteBuffer.wrap(requireNonNull(data, "data").clone());
    ensureMayFeed("feedData");
    transport.deliver(protocol -> protocol.dataReceived(copy));
  }

  @Override
  public void feedEof() {
    ensureMayFeed("feedEof");
    ended = true;
    transport.deliver(protocol -> {
      if (!protocol.eofReceived()) {
        transport.close();
      }
    });
  }

  @Override
  public void loseConnection(IOException reason) {
    requireNonNull(reason, "reason");
    ensureOwner("loseConnection");
    if (transport.isClosing()) {
      throw new IllegalStateException(
          "cannot lose the connection of %s: it is closed; open another peer".formatted(this));
    }
    ended = true;
    transport.lose(reason);
  }

  @Override
  public byte[] written() {
    ensureOwner("written");
    return transport.takeWritten();
  }

  @Override
  public boolean isEofWritten() {
    ensureOwner("isEofWritten");
    return transport.isOutputEnded();
  }

  @Override
  public boolean isClosed() {
    ensureOwner("isClosed");
    return transport.isClosing();
  }

  @Override
  public String toString() {
    return "<StreamPeer of %s>".formatted(transport);
  }

  private void ensureMayFeed(String method) {
    ensureOwner(method);
    if (ended) {
      throw new IllegalStateException(
          "cannot feed %s: its input has ended; feed everything before feedEof".formatted(this));
    }
  }

  private void ensureOwner(String method) {
    LoopBootstraps.get().ensureOwner(loop, "StreamPeer." + method);
  }
}
