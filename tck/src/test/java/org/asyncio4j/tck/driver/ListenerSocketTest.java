package org.asyncio4j.tck.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Listening sockets of every driver. */
@ParameterizedClass
@MethodSource("drivers")
final class ListenerSocketTest extends DriverFixture {

  ListenerSocketTest(DriverProvider provider) {
    super(provider);
  }

  private static int port(SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }

  private ListenerSocket listener6(InetAddress address) throws IOException {
    try {
      ListenerSocket listener = unboundListener(StandardProtocolFamily.INET6);
      listener.bind(new InetSocketAddress(address, 0), 16);
      listener.listen(16);
      return listener;
    } catch (IOException e) {
      assumeTrue(false, "no IPv6 here: " + e);
      throw e;
    }
  }

  @Test
  void acceptWithoutAConnectionIsNull() throws IOException {
    assertThat(listener().accept()).isNull();
  }

  @Test
  void connectionsAreAcceptedOneByOne() throws IOException {
    ListenerSocket listener = listener();
    Pair first = connectedPair(listener);
    Pair second = connectedPair(listener);

    assertThat(first.server().remoteAddress()).contains(first.client().localAddress());
    assertThat(second.server().remoteAddress()).contains(second.client().localAddress());
    assertThat(listener.accept()).isNull();
  }

  @Test
  void theAddressOutlivesTheSocket() throws IOException {
    ListenerSocket listener = listener();
    SocketAddress bound = listener.localAddress();

    listener.close();

    assertThat(port(bound)).isPositive();
    assertThat(listener.localAddress()).isEqualTo(bound);
    assertThat(listener.remoteAddress()).isEmpty();
    assertThatThrownBy(listener::accept).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void anAddressInUseIsABindException() throws IOException {
    SocketAddress taken = listener().localAddress();
    ListenerSocket second = unboundListener(StandardProtocolFamily.INET);

    assertThatThrownBy(
            () -> {
              second.bind(taken, 16);
              second.listen(16);
            })
        .isInstanceOf(BindException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void aClosedListenerFreesItsPortAtOnce() throws IOException {
    ListenerSocket first = listener();
    Watch watch = watch(first, Interest.READ);
    poller().poll(0);

    watch.registration.cancel();
    first.close();

    assertThat(listener(first.localAddress()).localAddress()).isEqualTo(first.localAddress());
  }

  @Test
  void aNewListenerReusesNothing() throws IOException {
    ListenerSocket listener = unboundListener(StandardProtocolFamily.INET);

    assertThat(listener.option(StandardSocketOptions.SO_REUSEADDR)).isFalse();
    listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    assertThat(listener.option(StandardSocketOptions.SO_REUSEADDR)).isTrue();
  }

  @Test
  void severalListenersMayShareAPort() throws IOException {
    assumeTrue(provider.capabilities().contains(Capability.REUSE_PORT));
    ListenerSocket first = unboundListener(StandardProtocolFamily.INET);
    first.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    first.bind(LOOPBACK, 16);
    first.listen(16);
    ListenerSocket second = unboundListener(StandardProtocolFamily.INET);
    second.setOption(StandardSocketOptions.SO_REUSEPORT, true);

    second.bind(first.localAddress(), 16);
    second.listen(16);

    assertThat(second.localAddress()).isEqualTo(first.localAddress());
    assertThat(second.option(StandardSocketOptions.SO_REUSEPORT)).isTrue();
  }

  @Test
  void theIpv6WildcardTakesIpv4AndNamesThePeerSo() throws IOException {
    ListenerSocket listener = listener6(InetAddress.ofLiteral("::"));
    StreamSocket client = stream();

    SocketAddress ipv4 =
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port(listener.localAddress()));
    StreamSocket server = connectedPair(listener, client, ipv4).server();

    assertThat(server.remoteAddress()).contains(client.localAddress());
    assertThat(((InetSocketAddress) server.remoteAddress().orElseThrow()).getAddress())
        .isInstanceOf(Inet4Address.class);
    assertThat(((InetSocketAddress) server.localAddress()).getAddress())
        .isInstanceOf(Inet4Address.class);
  }

  @Test
  void ipv6AddressesAreReportedAsSuch() throws IOException {
    ListenerSocket listener = listener6(InetAddress.ofLiteral("::1"));
    StreamSocket client = stream(StandardProtocolFamily.INET6);

    StreamSocket server = connectedPair(listener, client, listener.localAddress()).server();

    assertThat(server.remoteAddress()).contains(client.localAddress());
    assertThat(((InetSocketAddress) server.localAddress()).getAddress())
        .isInstanceOf(Inet6Address.class)
        .isEqualTo(InetAddress.ofLiteral("::1"));
  }

  @Test
  void anIpv6SocketConnectsToAnIpv4Address() throws IOException {
    ListenerSocket listener = listener();
    StreamSocket client;
    try {
      client = stream(StandardProtocolFamily.INET6);
    } catch (IOException e) {
      assumeTrue(false, "no IPv6 here: " + e);
      return;
    }

    StreamSocket server = connectedPair(listener, client, listener.localAddress()).server();

    assertThat(server.remoteAddress()).contains(client.localAddress());
  }

  @Test
  void aPeerThatGaveUpDoesNotAffectTheListener() throws IOException {
    ListenerSocket listener = listener();
    StreamSocket hasty = stream();
    hasty.connect(listener.localAddress());
    reset(hasty);

    try {
      StreamSocket orphan = accept(listener);
      assertThatThrownBy(() -> orphan.read(ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
    } catch (ConnectionAbortedException expectedOnSomeSystems) {
      assertThat(listener.isOpen()).isTrue();
    }

    assertThat(connectedPair(listener).server().isOpen()).isTrue();
  }
}
