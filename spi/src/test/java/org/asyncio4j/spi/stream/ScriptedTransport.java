package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.RunningLoop;

/** A transport without a socket: the test decides what arrives, and when the buffer is full. */
final class ScriptedTransport implements Transport {

  static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("peer.test", 7);

  /** The recorded calls, except writes. */
  final List<String> calls = new ArrayList<>();

  private final EventLoop loop;
  private Protocol protocol;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private boolean paused;
  private boolean closing;
  private boolean secured;

  ScriptedTransport(EventLoop loop, StreamProtocol protocol) {
    this.loop = loop;
    this.protocol = (Protocol) protocol;
  }

  // Actions of the test; in a task or callback of the loop.

  void arrives(String text) {
    arrives(text.getBytes(UTF_8));
  }

  void arrives(byte[] data) {
    byte[] lent = data.clone();
    protocol.dataReceived(ByteBuffer.wrap(lent));
    Arrays.fill(lent, (byte) '?'); // the loop reads into it again
  }

  /** As TLS does, which has no half-closed connections. */
  void endsTls() {
    secured = true;
    ends();
    isLost(null);
  }

  void ends() {
    if (!protocol.eofReceived()) {
      close();
    }
  }

  void fills() {
    protocol.pauseWriting();
  }

  void empties() {
    protocol.resumeWriting();
  }

  void isLost(Throwable reason) {
    closing = true;
    protocol.connectionLost(reason);
  }

  String written() {
    return written.toString(UTF_8);
  }

  // The interface to the streams.

  @Override
  public void write(ByteBuffer data) {
    RunningLoop.ensureOwner(loop, "Transport.write");
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    written.writeBytes(bytes);
  }

  @Override
  public void writeLines(List<ByteBuffer> buffers) {
    RunningLoop.ensureOwner(loop, "Transport.writeLines");
    buffers.forEach(this::write);
  }

  @Override
  public void writeEof() {
    RunningLoop.ensureOwner(loop, "Transport.writeEof");
    calls.add("writeEof");
  }

  @Override
  public boolean canWriteEof() {
    return true;
  }

  @Override
  public void close() {
    calls.add("close");
    closing = true;
  }

  @Override
  public void abort() {
    calls.add("abort");
    closing = true;
  }

  @Override
  public boolean isClosing() {
    return closing;
  }

  @Override
  public boolean isReading() {
    return !paused && !closing;
  }

  @Override
  public void pauseReading() {
    calls.add("pauseReading");
    paused = true;
  }

  @Override
  public void resumeReading() {
    calls.add("resumeReading");
    paused = false;
  }

  @Override
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    if (secured && key == ExtraInfo.SSL_SESSION) {
      return Optional.of(key.type().cast(session()));
    }
    return key == ExtraInfo.PEERNAME ? Optional.of(key.type().cast(PEER)) : Optional.empty();
  }

  @Override
  public StreamProtocol protocol() {
    return protocol;
  }

  @Override
  public void setProtocol(BaseProtocol changed) {
    protocol = (Protocol) changed;
  }

  @Override
  public long writeBufferSize() {
    return 0;
  }

  @Override
  public WriteBufferLimits writeBufferLimits() {
    return WriteBufferLimits.defaults();
  }

  @Override
  public void setWriteBufferLimits(WriteBufferLimits limits) {
    throw new UnsupportedOperationException("the test says when the buffer is full");
  }

  private static SSLSession session() {
    try {
      return SSLContext.getDefault().createSSLEngine().getSession();
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public String toString() {
    return "scripted transport";
  }
}
