package org.asyncio4j.spi.readiness;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.PollableSocket;

/** What scripted sockets have in common. */
abstract class ScriptedSocket implements PollableSocket {

  static final InetSocketAddress LOCAL = address("127.0.0.1", 4000);

  /** The system calls that were made, in order. */
  final List<String> calls = new ArrayList<>();

  /** The interests that the poller received, one for each change. */
  final List<Integer> interests = new ArrayList<>();

  final Map<SocketOption<?>, Object> options = new HashMap<>();
  RuntimeException optionRefusal;
  int closes;

  static InetSocketAddress address(String literal, int port) {
    return new InetSocketAddress(InetAddresses.forString(literal), port);
  }

  void watched(int interest) {
    interests.add(interest);
  }

  /** The current interest of the poller. */
  int interest() {
    return interests.isEmpty() ? Interest.NONE : interests.getLast();
  }

  abstract int readiness();

  @Override
  public boolean isOpen() {
    return closes == 0;
  }

  @Override
  public void close() {
    // Scenarios want to see that it is called once, whatever the contract forgives.
    closes++;
  }

  @Override
  public SocketAddress localAddress() {
    return LOCAL;
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.empty();
  }

  @Override
  public <T> T option(SocketOption<T> option) throws IOException {
    return option.type().cast(options.get(option));
  }

  @Override
  public <T> void setOption(SocketOption<T> option, T value) throws IOException {
    if (optionRefusal != null) {
      throw optionRefusal;
    }
    options.put(option, value);
  }
}
