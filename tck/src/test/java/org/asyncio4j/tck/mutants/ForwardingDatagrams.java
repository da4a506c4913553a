package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.WriteBufferLimits;

/** An endpoint that another one does the work of. */
class ForwardingDatagrams implements DatagramTransport {

  final DatagramTransport real;

  ForwardingDatagrams(DatagramTransport real) {
    this.real = real;
  }

  @Override
  public DatagramProtocol protocol() {
    return real.protocol();
  }

  @Override
  public void setProtocol(BaseProtocol protocol) {
    real.setProtocol(protocol);
  }

  @Override
  public void sendTo(ByteBuffer data, SocketAddress to) {
    real.sendTo(data, to);
  }

  @Override
  public void joinGroup(InetAddress group, NetworkInterface on) throws IOException {
    real.joinGroup(group, on);
  }

  @Override
  public void leaveGroup(InetAddress group, NetworkInterface on) throws IOException {
    real.leaveGroup(group, on);
  }

  @Override
  public void close() {
    real.close();
  }

  @Override
  public void abort() {
    real.abort();
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
