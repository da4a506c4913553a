package org.asyncio4j.spi.transport;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Optional;
import org.asyncio4j.spi.hooks.SocketHandle;

/** A socket that counts how often it is closed. */
final class FakeSocket implements SocketHandle {

  static final InetSocketAddress LOCAL = address(4000);
  static final InetSocketAddress PEER = address(5000);

  int closes;

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddresses.forString("127.0.0.1"), port);
  }

  @Override
  public boolean isOpen() {
    return closes == 0;
  }

  @Override
  public void close() {
    // Tests want to see that it is called once, whatever the contract forgives.
    closes++;
  }

  @Override
  public SocketAddress localAddress() {
    return LOCAL;
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.of(PEER);
  }

  @Override
  public <T> T option(SocketOption<T> option) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> void setOption(SocketOption<T> option, T value) {}

  @Override
  public String toString() {
    return "fake socket";
  }
}
