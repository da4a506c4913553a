package org.asyncio4j.spi.datagram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.WriteBufferLimits;

/** A transport without a socket: it delivers, pauses and fails on request of the test. */
final class ScriptedEndpoint implements DatagramTransport {

  static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5000);

  final DatagramProtocol protocol;
  final List<String> sent = new ArrayList<>();
  boolean reading = true;
  boolean closing;
  IOException refusal;

  ScriptedEndpoint(DatagramProtocol protocol) {
    this.protocol = protocol;
  }

  void deliver(String text) {
    if (!reading) {
      throw new AssertionError("nothing must be delivered while reading is paused");
    }
    ByteBuffer lent = ByteBuffer.wrap(text.getBytes(UTF_8));
    protocol.datagramReceived(lent, PEER);
    lent.clear().put(new byte[lent.capacity()]);
  }

  @Override
  public void sendTo(ByteBuffer data, SocketAddress to) {
    if (refusal != null) {
      IOException told = refusal;
      refusal = null;
      protocol.errorReceived(told);
    } else {
      sent.add(UTF_8.decode(data).toString());
    }
  }

  @Override
  public DatagramProtocol protocol() {
    return protocol;
  }

  @Override
  public void setProtocol(BaseProtocol changed) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void joinGroup(InetAddress group, NetworkInterface on) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void leaveGroup(InetAddress group, NetworkInterface on) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    closing = true;
  }

  @Override
  public void abort() {
    closing = true;
  }

  @Override
  public boolean isClosing() {
    return closing;
  }

  @Override
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    return key == ExtraInfo.SOCKNAME ? Optional.of(key.type().cast(PEER)) : Optional.empty();
  }

  @Override
  public boolean isReading() {
    return reading;
  }

  @Override
  public void pauseReading() {
    reading = false;
  }

  @Override
  public void resumeReading() {
    reading = true;
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
    throw new UnsupportedOperationException();
  }
}
