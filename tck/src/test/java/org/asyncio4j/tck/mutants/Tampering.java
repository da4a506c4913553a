package org.asyncio4j.tck.mutants;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.TlsTransportRequest;
import org.asyncio4j.spi.readiness.StreamSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection with a defect: stands between the transport of a correct loop and its protocol. It
 * behaves like both, except for what a subclass overrides: the methods of a transport, or those
 * named {@code on…}, through which the protocol is called.
 */
class Tampering implements Transport {

  private EventLoop loop;
  private StreamSocket socket; // none of one that speaks TLS
  private Transport inner;
  private StreamProtocol user;

  /** Slips in between. */
  final Transport open(
      EventLoop ofLoop,
      SocketTransportRequest request,
      Function<SocketTransportRequest, Transport> making) {
    loop = ofLoop;
    socket = (StreamSocket) request.socket();
    user = request.protocol();
    inner = making.apply(NetworkMutant.withProtocol(prepare(request), shim(user)));
    return this;
  }

  /** Makes a transport that speaks TLS. */
  @FunctionalInterface
  interface TlsMaking {
    Transport make(TlsTransportRequest request) throws IOException;
  }

  /** Slips in between a transport that speaks TLS and its protocol. */
  final Transport openTls(EventLoop ofLoop, TlsTransportRequest request, TlsMaking making)
      throws IOException {
    loop = ofLoop;
    user = request.protocol();
    inner = making.make(TlsMutant.withProtocol(request, shim(user)));
    return this;
  }

  final boolean isOf(BaseProtocol shim) {
    return shim == inner.protocol();
  }

  final EventLoop loop() {
    return loop;
  }

  final StreamSocket socket() {
    return socket;
  }

  final Transport inner() {
    return inner;
  }

  final StreamProtocol user() {
    return user;
  }

  // For subclasses: what the loop is asked for, and how the protocol is called.

  SocketTransportRequest prepare(SocketTransportRequest request) {
    return request;
  }

  void onMade() {
    user.connectionMade(this);
  }

  void onData(Protocol protocol, ByteBuffer data) {
    protocol.dataReceived(data);
  }

  ByteBuffer onGetBuffer(BufferedProtocol protocol, int sizeHint) {
    return protocol.getBuffer(sizeHint);
  }

  void onBufferUpdated(BufferedProtocol protocol, int count) {
    protocol.bufferUpdated(count);
  }

  boolean onEof() {
    return user.eofReceived();
  }

  void onPause() {
    user.pauseWriting();
  }

  void onResume() {
    user.resumeWriting();
  }

  void onLost(@Nullable Throwable reason) {
    user.connectionLost(reason);
  }

  // The transport, as the protocol sees it.

  @Override
  public void close() {
    inner.close();
  }

  @Override
  public boolean isClosing() {
    return inner.isClosing();
  }

  @Override
  public StreamProtocol protocol() {
    return user;
  }

  @Override
  public void setProtocol(BaseProtocol changed) {
    if (changed instanceof StreamProtocol stream) {
      inner.setProtocol(shim(stream));
      user = stream;
    } else {
      inner.setProtocol(changed);
    }
  }

  @Override
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    return inner.extraInfo(key);
  }

  @Override
  public boolean isReading() {
    return inner.isReading();
  }

  @Override
  public void pauseReading() {
    inner.pauseReading();
  }

  @Override
  public void resumeReading() {
    inner.resumeReading();
  }

  @Override
  public void write(ByteBuffer data) {
    inner.write(data);
  }

  @Override
  public void writeLines(List<ByteBuffer> buffers) {
    inner.writeLines(buffers);
  }

  @Override
  public void writeEof() {
    inner.writeEof();
  }

  @Override
  public boolean canWriteEof() {
    return inner.canWriteEof();
  }

  @Override
  public void abort() {
    inner.abort();
  }

  @Override
  public long writeBufferSize() {
    return inner.writeBufferSize();
  }

  @Override
  public WriteBufferLimits writeBufferLimits() {
    return inner.writeBufferLimits();
  }

  @Override
  public void setWriteBufferLimits(WriteBufferLimits limits) {
    inner.setWriteBufferLimits(limits);
  }

  private StreamProtocol shim(StreamProtocol protocol) {
    return switch (requireNonNull(protocol)) {
      case Protocol plain -> new Plain(plain);
      case BufferedProtocol lender -> new Lending(lender);
    };
  }

  private final class Plain implements Protocol {

    private final Protocol protocol;

    Plain(Protocol protocol) {
      this.protocol = protocol;
    }

    @Override
    public void connectionMade(Transport transport) {
      onMade();
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      onData(protocol, data);
    }

    @Override
    public boolean eofReceived() {
      return onEof();
    }

    @Override
    public void pauseWriting() {
      onPause();
    }

    @Override
    public void resumeWriting() {
      onResume();
    }

    @Override
    public void connectionLost(@Nullable Throwable exception) {
      onLost(exception);
    }
  }

  private final class Lending implements BufferedProtocol {

    private final BufferedProtocol protocol;

    Lending(BufferedProtocol protocol) {
      this.protocol = protocol;
    }

    @Override
    public void connectionMade(Transport transport) {
      onMade();
    }

    @Override
    public ByteBuffer getBuffer(int sizeHint) {
      return onGetBuffer(protocol, sizeHint);
    }

    @Override
    public void bufferUpdated(int byteCount) {
      onBufferUpdated(protocol, byteCount);
    }

    @Override
    public boolean eofReceived() {
      return onEof();
    }

    @Override
    public void pauseWriting() {
      onPause();
    }

    @Override
    public void resumeWriting() {
      onResume();
    }

    @Override
    public void connectionLost(@Nullable Throwable exception) {
      onLost(exception);
    }
  }
}
