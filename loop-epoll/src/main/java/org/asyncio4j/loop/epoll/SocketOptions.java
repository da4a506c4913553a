package org.asyncio4j.loop.epoll;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of one kind of socket, and their form on Linux. */
final class SocketOptions {

  /** The options of a connection, the same as in java.nio. */
  static final SocketOptions STREAM =
      new SocketOptions(
          Map.of(
              StandardSocketOptions.SO_REUSEADDR, new Entry(Level.SOCKET, 2, Form.FLAG),
              StandardSocketOptions.SO_SNDBUF, new Entry(Level.SOCKET, 7, Form.BUFFER_SIZE),
              StandardSocketOptions.SO_RCVBUF, new Entry(Level.SOCKET, 8, Form.BUFFER_SIZE),
              StandardSocketOptions.SO_KEEPALIVE, new Entry(Level.SOCKET, 9, Form.FLAG),
              StandardSocketOptions.SO_LINGER, new Entry(Level.SOCKET, 13, Form.LINGER),
              StandardSocketOptions.SO_REUSEPORT, new Entry(Level.SOCKET, 15, Form.FLAG),
              StandardSocketOptions.TCP_NODELAY, new Entry(Level.TCP, 1, Form.FLAG)));

  /** The options of a listener, the same as in java.nio. */
  static final SocketOptions LISTENER =
      new SocketOptions(
          Map.of(
              StandardSocketOptions.SO_REUSEADDR, new Entry(Level.SOCKET, 2, Form.FLAG),
              StandardSocketOptions.SO_RCVBUF, new Entry(Level.SOCKET, 8, Form.BUFFER_SIZE),
              StandardSocketOptions.SO_REUSEPORT, new Entry(Level.SOCKET, 15, Form.FLAG)));

  /** The options of an IPv4 UDP socket. */
  static final SocketOptions DATAGRAM4 = new SocketOptions(datagram(Level.IP, 32, 33, 34));

  /** The options of an IPv6 UDP socket. */
  static final SocketOptions DATAGRAM6 = new SocketOptions(datagram(Level.IPV6, 17, 18, 19));

  /** The options of a Unix connection, the same as in java.nio. */
  static final SocketOptions UNIX_STREAM =
      new SocketOptions(
          Map.of(
              StandardSocketOptions.SO_SNDBUF, new Entry(Level.SOCKET, 7, Form.BUFFER_SIZE),
              StandardSocketOptions.SO_RCVBUF, new Entry(Level.SOCKET, 8, Form.BUFFER_SIZE),
              StandardSocketOptions.SO_LINGER, new Entry(Level.SOCKET, 13, Form.LINGER)));

  /** The options of a Unix datagram socket, which java.nio lacks. */
  static final SocketOptions UNIX_DATAGRAM =
      new SocketOptions(
          Map.of(
              StandardSocketOptions.SO_SNDBUF, new Entry(Level.SOCKET, 7, Form.BUFFER_SIZE),
              StandardSocketOptions.SO_RCVBUF, new Entry(Level.SOCKET, 8, Form.BUFFER_SIZE)));

  /** The options of a Unix listener, the same as in java.nio. */
  static final SocketOptions UNIX_LISTENER =
      new SocketOptions(
          Map.of(StandardSocketOptions.SO_RCVBUF, new Entry(Level.SOCKET, 8, Form.BUFFER_SIZE)));

  // The kernel stores seconds; java.nio uses the same bounds.
  private static final int MAX_LINGER = 65_535;

  private final Map<SocketOption<?>, Entry> entries;

  private SocketOptions(Map<SocketOption<?>, Entry> entries) {
    this.entries = entries;
  }

  @SuppressWarnings("NullAway") // IP_MULTICAST_IF has no initial value, as in java.nio
  <T> T get(LinuxSocket socket, SocketOption<T> option) throws IOException {
    Entry entry = entry(option);
    int level = entry.level.number;
    @Nullable Object value =
        switch (entry.form) {
          case FLAG -> socket.option(level, entry.name) != 0;
          // The kernel doubles the requested size to have room for its own data; like java.nio,
          // this returns half of it.
          case BUFFER_SIZE -> socket.option(level, entry.name) / 2;
          case NUMBER -> socket.option(level, entry.name);
          case INTERFACE -> MulticastInterface.get(socket, level, entry.name);
          case LINGER -> socket.optionalOption(level, entry.name);
        };
    return option.type().cast(value);
  }

  <T> void set(LinuxSocket socket, SocketOption<T> option, T value) throws IOException {
    Entry entry = entry(option);
    requireNonNull(value, "value");
    int level = entry.level.number;
    switch (entry.form) {
      case FLAG -> socket.setOption(level, entry.name, (Boolean) value ? 1 : 0);
      case BUFFER_SIZE -> socket.setOption(level, entry.name, notNegative(option, (Integer) value));
      case NUMBER -> socket.setOption(level, entry.name, notNegative(option, (Integer) value));
      case INTERFACE -> MulticastInterface.set(socket, level, entry.name, (NetworkInterface) value);
      case LINGER ->
          socket.setOptionalOption(level, entry.name, Math.min((Integer) value, MAX_LINGER));
    }
  }

  private static Map<SocketOption<?>, Entry> datagram(
      Level level, int multicastInterface, int multicastTtl, int multicastLoop) {
    return Map.of(
        StandardSocketOptions.SO_REUSEADDR, new Entry(Level.SOCKET, 2, Form.FLAG),
        StandardSocketOptions.SO_BROADCAST, new Entry(Level.SOCKET, 6, Form.FLAG),
        StandardSocketOptions.SO_SNDBUF, new Entry(Level.SOCKET, 7, Form.BUFFER_SIZE),
        StandardSocketOptions.SO_RCVBUF, new Entry(Level.SOCKET, 8, Form.BUFFER_SIZE),
        StandardSocketOptions.SO_REUSEPORT, new Entry(Level.SOCKET, 15, Form.FLAG),
        StandardSocketOptions.IP_MULTICAST_IF, new Entry(level, multicastInterface, Form.INTERFACE),
        StandardSocketOptions.IP_MULTICAST_TTL, new Entry(level, multicastTtl, Form.NUMBER),
        StandardSocketOptions.IP_MULTICAST_LOOP, new Entry(level, multicastLoop, Form.FLAG));
  }

  private static int notNegative(SocketOption<?> option, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(option.name() + " must not be negative: " + value);
    }
    return value;
  }

  private Entry entry(SocketOption<?> option) {
    Entry entry = entries.get(requireNonNull(option, "option"));
    if (entry == null) {
      // the words of the JDK, and so of the loop nio
      throw new UnsupportedOperationException("'%s' not supported".formatted(option.name()));
    }
    return entry;
  }

  private record Entry(Level level, int name, Form form) {}

  private enum Level {
    IP(0),
    SOCKET(1),
    TCP(6),
    IPV6(41);

    final int number;

    Level(int number) {
      this.number = number;
    }
  }

  private enum Form {
    FLAG,
    BUFFER_SIZE,
    NUMBER,
    INTERFACE,
    LINGER
  }
}
