package org.asyncio4j.tck.mutants;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;

/** A transport that another one does the work of. */
class ForwardingTransport implements Transport {

  final Transport real;

  ForwardingTransport(Transport real) {
    this.real = real;
  }

  @Override
  public StreamProtocol protocol() {
    return (StreamProtocol) NetworkMutant.applicationOf(real.protocol());
  }

  @Override
  public void setProtocol(BaseProtocol protocol) {
    real.setProtocol(protocol);
  }

  @Override
  public void close() {
    real.close();
  }

  @Override
  public boolean isClosing() {
    return real.isClosing();
  }

  @Override
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    return real.extraInfo(key);
  }

  @Override
  public boolean isReading() {
    return real.isReading();
  }

  @Override
  public void pauseReading() {
    real.pauseReading();
  }

  @Override
  public void resumeReading() {
    real.resumeReading();
  }

  @Override
  public void write(ByteBuffer data) {
    real.write(data);
  }

  @Override
  public void writeLines(List<ByteBuffer> buffers) {
    real.writeLines(buffers);
  }

  @Override
  public void writeEof() {
    real.writeEof();
  }

  @Override
  public boolean canWriteEof() {
    return real.canWriteEof();
  }

  @Override
  public void abort() {
    real.abort();
  }

  @Override
  public long writeBufferSize() {
    return real.writeBufferSize();
  }

  @Override
  public WriteBufferLimits writeBufferLimits() {
    return real.writeBufferLimits();
  }

  @Override
  public void setWriteBufferLimits(WriteBufferLimits limits) {
    real.setWriteBufferLimits(limits);
  }
}
