package org.asyncio4j.spi.internal.tls;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;

/** The transport of a TLS connection, for the protocol above. */
final class TlsTransport implements Transport {

  private final EventLoop loop;
  private final TlsConnection connection;

  TlsTransport(EventLoop loop, TlsConnection connection) {
    this.loop = loop;
    this.connection = connection;
  }

  @Override
  public void write(ByteBuffer data) {
    LoopBootstraps.get().ensureOwner(loop, "Transport.write");
    BufferChecks.requireReadable(data, "write");
    ByteBuffer view = data.duplicate();
    data.position(data.limit());
    connection.write(new ByteBuffer[] {view});
  }

  @Override
  public void writeLines(List<ByteBuffer> lines) {
    LoopBootstraps.get().ensureOwner(loop, "Transport.writeLines");
    lines.forEach(line -> BufferChecks.requireReadable(line, "writeLines"));
    // Views, because the same buffer may occur twice, and has no bytes left the second time.
    List<ByteBuffer> views = new ArrayList<>(lines.size());
    for (ByteBuffer line : lines) {
      views.add(line.duplicate());
      line.position(line.limit());
    }
    connection.write(views.toArray(ByteBuffer[]::new));
  }

  @Override
  public void writeEof() {
    throw new UnsupportedOperationException(
        "cannot call writeEof: a TLS connection cannot be half-closed; use close()");
  }

  @Override
  public boolean canWriteEof() {
    return false;
  }

  @Override
  public void close() {
    LoopBootstraps.get().ensureOwner(loop, "Transport.close");
    connection.close();
  }

  @Override
  public void abort() {
    LoopBootstraps.get().ensureOwner(loop, "Transport.abort");
    connection.abort();
  }

  @Override
  public boolean isClosing() {
    return connection.isClosing();
  }

  @Override
  public boolean isReading() {
    return connection.isReading();
  }

  @Override
  public void pauseReading() {
    LoopBootstraps.get().ensureOwner(loop, "Transport.pauseReading");
    connection.pauseReading();
  }

  @Override
  public void resumeReading() {
    LoopBootstraps.get().ensureOwner(loop, "Transport.resumeReading");
    connection.resumeReading();
  }

  @Override
  public long writeBufferSize() {
    return connection.writeBufferSize();
  }

  @Override
  public WriteBufferLimits writeBufferLimits() {
    return connection.below().writeBufferLimits();
  }

  @Override
  public void setWriteBufferLimits(WriteBufferLimits limits) {
    LoopBootstraps.get().ensureOwner(loop, "Transport.setWriteBufferLimits");
    connection.setWriteBufferLimits(requireNonNull(limits, "limits"));
  }

  @Override
  public StreamProtocol protocol() {
    return connection.application().protocol();
  }

  @Override
  public void setProtocol(BaseProtocol changed) {
    LoopBootstraps.get().ensureOwner(loop, "Transport.setProtocol");
    if (!(requireNonNull(changed, "protocol") instanceof StreamProtocol stream)) {
      throw new IllegalArgumentException(
          "protocol must be a Protocol or a BufferedProtocol: %s".formatted(changed));
    }
    connection.application().setProtocol(stream);
  }

  @Override
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    return connection
        .info()
        .flatMap(info -> info.find(key))
        .or(() -> connection.below().extraInfo(key));
  }

  @Override
  public String toString() {
    return "TLS %s over %s"
        .formatted(
            connection.state().name().toLowerCase(Locale.ROOT),
            connection.isAttached() ? connection.below() : "nothing yet");
  }
}
