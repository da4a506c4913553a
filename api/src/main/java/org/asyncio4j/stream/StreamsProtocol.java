package org.asyncio4j.stream;

import java.nio.ByteBuffer;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a transport and its streams: {@code asyncio.StreamReaderProtocol}. Does not hold
 * the streams, so that they can be collected when the program has forgotten them.
 */
final class StreamsProtocol implements Protocol {

  private final EventLoop loop;
  private final Incoming incoming;
  private final Outgoing outgoing;
  private final @Nullable Serving serving;
  private @Nullable Transport transport;
  private @Nullable Abandonment abandonment;

  private StreamsProtocol(EventLoop loop, StreamOptions options, @Nullable Serving serving) {
    this.loop = loop;
    this.incoming = new Incoming(loop, options.limitBytes());
    this.outgoing = new Outgoing(loop);
    this.serving = serving;
  }

  /** Makes one whose streams are to be {@linkplain #open() opened}. */
  static StreamsProtocol ofClient(EventLoop loop, StreamOptions options) {
    return new StreamsProtocol(loop, options, null);
  }

  /** Makes one whose streams go to a handler. */
  static StreamsProtocol ofServer(EventLoop loop, StreamOptions options, Serving serving) {
    return new StreamsProtocol(loop, options, serving);
  }

  /** Makes the streams, once, when the connection is made. */
  StreamConnection open() {
    Transport made = transport;
    if (made == null || abandonment != null) {
      throw new IllegalStateException("streams must be opened once, when the connection is made");
    }
    Abandonment.Token token = new Abandonment.Token();
    Abandonment watching = Abandonment.watch(token, loop, made, this);
    abandonment = watching;
    if (outgoing.isLost()) {
      watching.settle();
    }
    return new StreamConnection(
        new StreamReader(incoming, token), new StreamWriter(made, outgoing, token));
  }

  @Override
  public void connectionMade(Transport made) {
    transport = made;
    incoming.attach(made);
    if (serving != null) {
      serving.start(open(), made);
    }
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    incoming.feed(data);
  }

  @Override
  public boolean eofReceived() {
    incoming.end();
    return true; // what the program wants to answer can still be written
  }

  @Override
  public void pauseWriting() {
    outgoing.pause();
  }

  @Override
  public void resumeWriting() {
    outgoing.resume();
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    if (abandonment != null) {
      abandonment.settle();
    }
    if (exception == null) {
      incoming.end();
    } else {
      incoming.fail(exception);
    }
    outgoing.lose(exception);
  }

  @Override
  public String toString() {
    return "<streams of %s: %s>".formatted(transport, incoming);
  }
}
