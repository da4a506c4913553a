package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;

/** Converts between {@link InetSocketAddress} and {@code sockaddr_in}, {@code sockaddr_in6}. */
final class SocketAddressCodec {

  static final short AF_INET = 2;
  static final short AF_INET6 = 10;

  private static final int FAMILY = 0;
  private static final int PORT = 2;
  private static final int ADDRESS4 = 4;
  private static final int SIZE4 = 16;
  private static final int FLOW6 = 4;
  private static final int ADDRESS6 = 8;
  private static final int SCOPE6 = 24;
  private static final int SIZE6 = 28;

  private SocketAddressCodec() {}

  /**
   * Writes an address for a socket of the given family.
   *
   * @return the size of the structure
   */
  static int encode(SocketAddress address, short family, MemorySegment target) {
    if (!(address instanceof InetSocketAddress internet)) {
      throw new UnsupportedAddressTypeException();
    }
    InetAddress host = internet.getAddress();
    if (host == null) {
      throw new UnresolvedAddressException();
    }
    target.fill((byte) 0);
    target.set(JAVA_SHORT, FAMILY, family);
    target.set(JAVA_BYTE, PORT, (byte) (internet.getPort() >> 8));
    target.set(JAVA_BYTE, PORT + 1, (byte) internet.getPort());
    return family == AF_INET ? encode4(host, target) : encode6(host, target);
  }

  private static int encode4(InetAddress host, MemorySegment target) {
    if (!(host instanceof Inet4Address)) {
      throw new UnsupportedAddressTypeException();
    }
    copy(host.getAddress(), target, ADDRESS4);
    return SIZE4;
  }

  private static int encode6(InetAddress host, MemorySegment target) {
    target.set(JAVA_INT, FLOW6, 0);
    if (host instanceof Inet6Address address6) {
      copy(address6.getAddress(), target, ADDRESS6);
      target.set(JAVA_INT, SCOPE6, address6.getScopeId());
    } else if (!host.isAnyLocalAddress()) {
      // ::ffff:a.b.c.d; the IPv4 wildcard has been left as ::, which covers it
      target.set(JAVA_SHORT, ADDRESS6 + 10, (short) 0xffff);
      copy(host.getAddress(), target, ADDRESS6 + 12);
    }
    return SIZE6;
  }

  private static void copy(byte[] bytes, MemorySegment target, long offset) {
    MemorySegment.copy(bytes, 0, target, JAVA_BYTE, offset, bytes.length);
  }

  /** Reads an address; an IPv4-mapped IPv6 address is returned as IPv4. */
  static InetSocketAddress decode(MemorySegment source) {
    int port =
        ((source.get(JAVA_BYTE, PORT) & 0xff) << 8) | (source.get(JAVA_BYTE, PORT + 1) & 0xff);
    return new InetSocketAddress(host(source), port);
  }

  private static InetAddress host(MemorySegment source) {
    boolean four = source.get(JAVA_SHORT, FAMILY) == AF_INET;
    byte[] bytes = new byte[four ? 4 : 16];
    MemorySegment.copy(source, JAVA_BYTE, four ? ADDRESS4 : ADDRESS6, bytes, 0, bytes.length);
    int scope = four ? 0 : source.get(JAVA_INT, SCOPE6);
    try {
      return scope == 0
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, scope);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of " + bytes.length + " bytes", e);
    }
  }
}
