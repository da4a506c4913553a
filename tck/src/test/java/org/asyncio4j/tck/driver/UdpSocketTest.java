package org.asyncio4j.tck.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Non-blocking UDP calls of every driver that has them. */
@ParameterizedClass
@MethodSource("drivers")
final class UdpSocketTest extends DriverFixture {

  private static final int LONGEST = 65_507;

  UdpSocketTest(DriverProvider provider) {
    super(provider);
  }

  @BeforeEach
  void needsUdp() {
    assumeTrue(provider.capabilities().contains(Capability.UDP));
  }

  private DatagramSocket bound() throws IOException {
    DatagramSocket socket = udp(StandardProtocolFamily.INET);
    socket.bind(LOOPBACK);
    return socket;
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  private record Received(String text, SocketAddress from) {}

  private Received receive(DatagramSocket socket, ByteBuffer target) throws IOException {
    Watch watch = watch(socket, Interest.READ);
    pollUntil(() -> watch.received(Interest.READ), "a datagram");
    watch.registration.cancel();
    SocketAddress from = socket.receive(target);
    return new Received(US_ASCII.decode(target.flip()).toString(), from);
  }

  private Received receive(DatagramSocket socket) throws IOException {
    return receive(socket, ByteBuffer.allocateDirect(70_000));
  }

  @Test
  void aDatagramArrivesWithItsSender() throws IOException {
    DatagramSocket one = bound();
    DatagramSocket two = bound();
    ByteBuffer data = ascii("hello");

    assertThat(one.send(data, two.localAddress())).isTrue();

    assertThat(data.hasRemaining()).isFalse();
    assertThat(receive(two)).isEqualTo(new Received("hello", one.localAddress()));
    assertThat(two.receive(ByteBuffer.allocate(10))).as("nothing is left").isNull();
  }

  @Test
  void buffersOfBothKindsAreReadAndWrittenFromTheirPositions() throws IOException {
    DatagramSocket one = bound();
    DatagramSocket two = bound();
    ByteBuffer direct = ByteBuffer.allocateDirect(8).put(ascii("..direct")).position(2);
    ByteBuffer heap = ascii("..heap..").position(2).limit(6);

    one.send(direct, two.localAddress());
    one.send(heap, two.localAddress());

    ByteBuffer target = ByteBuffer.allocate(20).put((byte) '>');
    assertThat(receive(two, target).text()).isEqualTo(">direct");
    target = ByteBuffer.allocateDirect(20).put((byte) '>');
    assertThat(receive(two, target).text()).isEqualTo(">heap");
  }

  @Test
  void bytesThatDoNotFitAreLostAndTheNextDatagramIsWhole() throws IOException {
    DatagramSocket one = bound();
    DatagramSocket two = bound();
    one.send(ascii("too long"), two.localAddress());
    one.send(ascii("next"), two.localAddress());

    assertThat(receive(two, ByteBuffer.allocate(3)).text()).isEqualTo("too");
    assertThat(receive(two, ByteBuffer.allocate(9)).text()).isEqualTo("next");
  }

  @Test
  void emptyAndLongestDatagramsArrive() throws IOException {
    DatagramSocket one = bound();
    DatagramSocket two = bound();
    assertThat(one.send(ascii(""), two.localAddress())).isTrue();
    assertThat(receive(two)).isEqualTo(new Received("", one.localAddress()));

    String longest = "x".repeat(LONGEST);
    assertThat(one.send(ascii(longest), two.localAddress())).isTrue();
    assertThat(receive(two, ByteBuffer.allocate(65_536)).text()).isEqualTo(longest);
  }

  @Test
  void anEmptyDatagramOfAConnectedSocketArrivesOrIsRefusedWithAReason() throws IOException {
    DatagramSocket two = bound();
    DatagramSocket one = udp(StandardProtocolFamily.INET);
    one.connect(two.localAddress());
    try {
      assertThat(one.send(ascii(""), null)).isTrue();
    } catch (IOException refused) {
      assertThat(refused).hasMessageContaining("empty").hasMessageContaining("remoteAddress");
      return;
    }
    assertThat(receive(two).text()).isEmpty();
  }

  @Test
  void aDatagramThatIsTooLongIsRefusedAndTheSocketSurvives() throws IOException {
    DatagramSocket one = bound();
    DatagramSocket two = bound();

    assertThatThrownBy(() -> one.send(ByteBuffer.allocate(66_000), two.localAddress()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> one.send(ByteBuffer.allocateDirect(66_000), two.localAddress()))
        .isInstanceOf(IOException.class);

    one.send(ascii("short"), two.localAddress());
    assertThat(receive(two).text()).isEqualTo("short");
  }

  @Test
  void aConnectedSocketKnowsItsPeerAndReceivesOnlyFromIt() throws IOException {
    DatagramSocket peer = bound();
    DatagramSocket socket = udp(StandardProtocolFamily.INET);
    socket.connect(peer.localAddress());
    assertThat(socket.remoteAddress()).contains(peer.localAddress());

    bound().send(ascii("stranger"), socket.localAddress());
    peer.send(ascii("friend"), socket.localAddress());
    assertThat(receive(socket).text()).isEqualTo("friend");
    assertThat(socket.send(ascii("answer"), null)).isTrue();
    assertThat(receive(peer).from()).isEqualTo(socket.localAddress());

    socket.close();
    assertThat(socket.remoteAddress()).contains(peer.localAddress());
  }

  @Test
  void anUnreachablePortIsReportedOnceAndTheSocketSurvives() throws IOException {
    DatagramSocket closed = bound();
    SocketAddress address = closed.localAddress();
    closed.close();
    DatagramSocket socket = udp(StandardProtocolFamily.INET);
    socket.connect(address);
    socket.send(ascii("closed"), null);

    assertThatThrownBy(() -> receive(socket)).isInstanceOf(PortUnreachableException.class);

    assertThat(socket.receive(ByteBuffer.allocate(1))).isNull();
    DatagramSocket opened = udp(StandardProtocolFamily.INET);
    opened.bind(address);
    assertThat(socket.send(ascii("open"), null)).isTrue();
    assertThat(receive(opened).text()).isEqualTo("open");
  }

  @Test
  void anAddressThatIsTakenIsABindException() throws IOException {
    DatagramSocket taken = bound();
    DatagramSocket socket = udp(StandardProtocolFamily.INET);

    assertThatThrownBy(() -> socket.bind(taken.localAddress())).isInstanceOf(BindException.class);
  }

  @Test
  void ipv6WorksAndTheWildcardReceivesIpv4Too() throws IOException {
    DatagramSocket wildcard = udp(StandardProtocolFamily.INET6);
    wildcard.bind(new InetSocketAddress(InetAddress.ofLiteral("::"), 0));
    int port = ((InetSocketAddress) wildcard.localAddress()).getPort();
    DatagramSocket six = udp(StandardProtocolFamily.INET6);
    six.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
    DatagramSocket four = bound();

    six.send(ascii("six"), new InetSocketAddress(InetAddress.ofLiteral("::1"), port));
    assertThat(receive(wildcard)).isEqualTo(new Received("six", six.localAddress()));
    four.send(ascii("four"), new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    assertThat(receive(wildcard)).isEqualTo(new Received("four", four.localAddress()));
    assertThat(wildcard.send(ascii("back"), four.localAddress())).isTrue();
    assertThat(receive(four).text()).isEqualTo("back");
  }

  @Test
  void optionsAreOffUntilTheyAreSet() throws IOException {
    DatagramSocket socket = udp(StandardProtocolFamily.INET);
    NetworkInterface loopback =
        NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));

    assertThat(socket.option(StandardSocketOptions.SO_BROADCAST)).isFalse();
    socket.setOption(StandardSocketOptions.SO_BROADCAST, true);
    assertThat(socket.option(StandardSocketOptions.SO_BROADCAST)).isTrue();
    socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 3);
    assertThat(socket.option(StandardSocketOptions.IP_MULTICAST_TTL)).isEqualTo(3);
    socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
    assertThat(socket.option(StandardSocketOptions.IP_MULTICAST_LOOP)).isFalse();
    socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
    assertThat(socket.option(StandardSocketOptions.IP_MULTICAST_IF)).isEqualTo(loopback);
  }

  @Test
  void aGroupIsReceivedFromJoinToLeave() throws IOException {
    assumeTrue(provider.capabilities().contains(Capability.UDP_MULTICAST));
    NetworkInterface loopback =
        NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
    InetAddress group = InetAddress.ofLiteral("239.255.77.19");
    DatagramSocket member = udp(StandardProtocolFamily.INET);
    member.bind(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0));
    int port = ((InetSocketAddress) member.localAddress()).getPort();
    DatagramSocket sender = bound();
    sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
    InetSocketAddress target = new InetSocketAddress(group, port);
    InetSocketAddress direct = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);

    sender.send(ascii("before"), target);
    member.joinGroup(group, loopback);
    sender.send(ascii("member"), target);
    assertThat(receive(member).text()).isEqualTo("member");
    member.leaveGroup(group, loopback);
    sender.send(ascii("after"), target);
    sender.send(ascii("direct"), direct);
    assertThat(receive(member).text()).isEqualTo("direct");
  }

  /** Whether datagrams are delivered depends on routes that few machines have on the loopback. */
  @Test
  void aGroupOfIpv6CanBeJoinedAndLeftOnce() throws IOException {
    assumeTrue(provider.capabilities().contains(Capability.UDP_MULTICAST));
    NetworkInterface loopback =
        NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
    InetAddress group = InetAddress.ofLiteral("ff15::77:19");
    DatagramSocket member = udp(StandardProtocolFamily.INET6);
    member.bind(new InetSocketAddress(InetAddress.ofLiteral("::"), 0));
    member.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
    assertThat(member.option(StandardSocketOptions.IP_MULTICAST_IF)).isEqualTo(loopback);

    member.joinGroup(group, loopback);
    member.leaveGroup(group, loopback);
    member.joinGroup(group, loopback);
    member.leaveGroup(group, loopback);
  }

  @Test
  void aClosedSocketKeepsItsAddressAndRefusesOperations() throws IOException {
    DatagramSocket socket = bound();
    SocketAddress address = socket.localAddress();
    socket.close();
    socket.close();

    assertThat(socket.localAddress()).isEqualTo(address);
    assertThat(socket.isOpen()).isFalse();
    assertThatThrownBy(() -> socket.receive(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> socket.send(ascii("a"), address))
        .isInstanceOf(ClosedChannelException.class);
  }
}
