package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Addresses of this machine. */
public final class Loopback {

  private Loopback() {}

  /**
   * {@return a free address of the loopback, with a port that the system chose}
   *
   * @throws IOException if the system refuses, or the peer does
   */
  public static InetSocketAddress unusedAddress() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral(Network.HOST))) {
      return (InetSocketAddress) closed.getLocalSocketAddress();
    }
  }

  /** {@return whether the loopback of IPv6 can be used} */
  public static boolean hasIpv6() {
    try (ServerSocket _ = new ServerSocket(0, 1, ipv6())) {
      return true;
    } catch (IOException unavailable) {
      return false;
    }
  }

  /**
   * {@return the loopback of IPv6}
   *
   * @throws UnknownHostException if the system refuses, or the peer does
   */
  public static InetAddress ipv6() throws UnknownHostException {
    byte[] address = new byte[16];
    address[15] = 1;
    return Inet6Address.getByAddress(address);
  }
}
