package org.asyncio4j.tck.rules.datagrams;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.DatagramProbe;
import org.asyncio4j.tck.probe.Datagrams;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Loopback;
import org.asyncio4j.tck.probe.Network;

/** Chapter 18, part two: how datagrams are transferred. */
@Requires(Capability.UDP)
final class UdpTransferRules {

  private static final int LONGEST_OF_IPV4 = 65_507;
  private static final int MANY = 100;
  private static final int ROUNDS = 3;
  // Fewer than any system has room for.
  private static final int BURST = 20;

  private final LoopFixture fixture;
  private final Datagrams datagrams;
  private final DatagramProbe protocol = new DatagramProbe();

  UdpTransferRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.datagrams = new Datagrams(fixture);
  }

  /** Exchanges datagrams with two plain sockets in turn. */
  @Rule("18.12")
  @Hint("Pass the address of the sender of each datagram to the protocol.")
  void datagramsArriveBothWaysWithTheirSender() throws IOException {
    List<DatagramSocket> peers = List.of(datagrams.peer(), datagrams.peer());
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);

    for (int round = 0; round < ROUNDS; round++) {
      for (DatagramSocket peer : peers) {
        datagrams.send("ping", transport, addressOf(peer));
        InetSocketAddress sender = Datagrams.expectText("ping", peer);
        String pong = "pong of round %d to port %d".formatted(round, peer.getLocalPort());
        Datagrams.send(pong, peer, sender);

        Expect.equal("the sender", datagrams.addressOf(transport), sender);
        datagrams.await(protocol, pong);
        Expect.equal("the sender of the reply", addressOf(peer), protocol.sender());
      }
    }
  }

  /**
   * Sends several datagrams in a row, both ways, and several times so many to the endpoint that
   * most of them wait when the loop receives the first.
   */
  @Rule("18.13")
  @Hint("Make one call and one system call for each datagram.")
  void datagramsAreNeitherSplitNorJoined() throws IOException {
    DatagramSocket peer = datagrams.peer();
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);
    InetSocketAddress address = datagrams.addressOf(transport);
    List<String> expected = new ArrayList<>(List.of("a".repeat(200), "b".repeat(300), "c"));

    datagrams.act(() -> {
      for (String text : expected) {
        transport.sendTo(ByteBuffer.wrap(Network.bytes(text)), addressOf(peer));
      }
    });
    for (String text : expected) {
      var _ = Datagrams.expectText(text, peer);
      Datagrams.send(text, peer, address);
    }
    datagrams.await(protocol, "c");

    for (int round = 0; round < ROUNDS; round++) {
      int number = round;
      List<String> burst =
          IntStream.range(0, BURST).mapToObj(i -> "round %d, %d".formatted(number, i)).toList();
      datagrams.act(() -> {
        for (String text : burst) {
          Datagrams.send(text, peer, address);
        }
      });
      datagrams.await(protocol, burst.getLast());
      expected.addAll(burst);
    }

    Expect.equal(
        "what arrives",
        expected,
        protocol.trace().events().subList(1, protocol.trace().events().size()));
  }

  /** Sends empty datagrams, both ways. */
  @Rule("18.14")
  @Hint("Neither skip them nor treat them as an end of file.")
  void anEmptyDatagramIsDelivered() throws IOException {
    DatagramSocket peer = datagrams.peer();
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);

    for (int round : new int[] {1, 2}) {
      datagrams.send("", transport, addressOf(peer));
      var _ = Datagrams.expectText("", peer);
      Datagrams.send("", peer, datagrams.addressOf(transport));

      datagrams.await(protocol, "", round);
    }
  }

  /** Sends the longest IPv4 datagram, both ways, and another one. */
  @Rule("18.15")
  @Hint("Read into a buffer of 65535 bytes.")
  void theLongestDatagramArrivesWhole() throws IOException {
    DatagramSocket peer = datagrams.peer();
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);
    peer.setSendBufferSize(2 * LONGEST_OF_IPV4);
    for (String digits : List.of("0123456789", "9876543210")) {
      String text = digits.repeat(LONGEST_OF_IPV4 / 10) + digits.substring(0, 7);

      datagrams.send(text, transport, addressOf(peer));
      var _ = Datagrams.expectText(text, peer);
      Datagrams.send(text, peer, datagrams.addressOf(transport));

      datagrams.await(protocol, text);
    }
  }

  /** Reuses a buffer right after it was sent, twice. */
  @Rule("18.16")
  @Hint("Send at once or copy, and move the position to the limit.")
  void sendToTakesTheBytes() throws IOException {
    DatagramSocket peer = datagrams.peer();
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);

    datagrams.act(() -> {
      ByteBuffer data = ByteBuffer.allocate(4);
      for (String text : List.of("mine", "ours")) {
        transport.sendTo(data.clear().put(Network.bytes(text)).flip(), addressOf(peer));
        Expect.equal("the remaining bytes of the buffer", 0, data.remaining());
        data.clear().put(Network.bytes("else"));
      }
    });

    for (String text : List.of("mine", "ours")) {
      var _ = Datagrams.expectText(text, peer);
    }
  }

  /** Sends to an endpoint with a remote address from elsewhere, twice. */
  @Rule("18.17")
  @Hint("Connect the socket.")
  void anEndpointWithARemoteAddressReceivesOnlyFromIt() throws IOException {
    DatagramSocket peer = datagrams.peer();
    DatagramTransport transport = datagrams.connect(protocol, peer);
    datagrams.send("who", transport, null);
    int port = Datagrams.expectText("who", peer).getPort();

    for (int round : new int[] {1, 2}) {
      Datagrams.send("stranger", datagrams.peer(), Network.endpoint(port));
      Datagrams.send("friend", peer, Network.endpoint(port));
      datagrams.await(protocol, "friend", round);
    }

    Expect.equal(
        "the calls of the protocol",
        List.of("connectionMade", "friend", "friend"),
        protocol.trace().events());
  }

  /** Makes an endpoint send to an address that it cannot send to, twice. */
  @Rule("18.18")
  @Hint("Compare the address with the remote one before anything else.")
  void anEndpointWithARemoteAddressSendsOnlyToIt() throws IOException {
    DatagramSocket peer = datagrams.peer();
    DatagramSocket other = datagrams.peer();
    DatagramTransport transport = datagrams.connect(protocol, peer);

    datagrams.act(() -> {
      for (int round = 0; round < 2; round++) {
        IllegalArgumentException _ =
            Expect.thrown(
                IllegalArgumentException.class,
                "sendTo another address",
                () -> transport.sendTo(ByteBuffer.allocate(1), addressOf(other)));
      }
    });

    datagrams.send("same", transport, addressOf(peer));
    var _ = Datagrams.expectText("same", peer);
  }

  /** Makes an endpoint without a remote address send without an address, twice. */
  @Rule("18.19")
  @Hint("Throw, because there is no destination.")
  void sendToWithoutARemoteAddressNeedsAnAddress() {
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);

    datagrams.act(() -> {
      for (int round = 0; round < 2; round++) {
        IllegalArgumentException _ =
            Expect.thrown(
                IllegalArgumentException.class,
                "sendTo without an address",
                () -> transport.sendTo(ByteBuffer.allocate(1)));
        Expect.that("the endpoint must live on", !transport.isClosing());
      }
    });
  }

  /** Repeats the transfers with IPv6 addresses. Does not apply without IPv6. */
  @Rule("18.20")
  @Hint("Choose the family of the socket by its address.")
  void ipv6Works() throws IOException {
    if (!Loopback.hasIpv6()) {
      throw fixture.notApplicable("there is no IPv6 here");
    }
    DatagramSocket peer = datagrams.peer(Datagrams.ipv6Endpoint());
    DatagramTransport transport = datagrams.open(protocol, DatagramOptions.boundTo("::1", 0));

    datagrams.send("ping", transport, addressOf(peer));
    Datagrams.send("pong", peer, Datagrams.expectText("ping", peer));

    datagrams.await(protocol, "pong");
    Expect.equal("the sender", addressOf(peer), protocol.sender());
  }

  /** Pauses reading, several times, and resumes it. */
  @Rule("18.21")
  @Hint("Cancel a queued read, and stop watching the socket.")
  void pauseReadingStopsDelivery() throws IOException {
    DatagramSocket peer = datagrams.peer();
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);
    for (int round : new int[] {1, 2}) {
      datagrams.act(transport::pauseReading);

      Datagrams.send("patience", peer, datagrams.addressOf(transport));
      fixture
          .patience()
          .during(
              "a paused protocol must not be called",
              () -> protocol.trace().events().size() == round);
      datagrams.act(transport::resumeReading);

      datagrams.await(protocol, "patience", round);
    }
  }

  /** Sends many datagrams and checks the remaining buffer size. */
  @Rule("18.22")
  @Hint("Subtract exactly what was added for a datagram, its header included.")
  void theQueueIsEmptyOnceAllIsSent() throws IOException {
    DatagramSocket peer = datagrams.peer();
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);

    datagrams.act(() -> {
      for (int i = 0; i < MANY; i++) {
        transport.sendTo(ByteBuffer.allocate(i), addressOf(peer));
      }
    });

    fixture
        .patience()
        .until(
            "nothing must be queued when everything was sent",
            () -> datagrams.running().call(transport::writeBufferSize) == 0);
  }

  /**
   * Joins a group on the loopback, and leaves it, then another one. Does not apply if plain sockets
   * cannot send to it.
   */
  @Rule("18.23")
  @Hint("Join on the given interface.")
  @Requires(Capability.UDP_MULTICAST)
  void anEndpointReceivesFromTheGroupsThatItHasJoined() throws IOException {
    NetworkInterface loopback = NetworkInterface.getByInetAddress(Network.endpoint(0).getAddress());
    DatagramSocket peer = datagrams.peer();
    peer.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
    DatagramTransport transport = datagrams.open(protocol, DatagramOptions.boundTo("0.0.0.0", 0));
    int port = datagrams.addressOf(transport).getPort();

    for (int round : new int[] {1, 2}) {
      InetAddress group = InetAddress.ofLiteral("239.255.77." + round);
      datagrams.act(() -> {
        transport.joinGroup(group, loopback);
        transport.joinGroup(group, loopback);
      });
      sendToGroup("member", peer, new InetSocketAddress(group, port));
      datagrams.await(protocol, "member", round);
      datagrams.act(() -> transport.leaveGroup(group, loopback));
      sendToGroup("gone", peer, new InetSocketAddress(group, port));
      Datagrams.send("end", peer, Network.endpoint(port));
      datagrams.await(protocol, "end", round);
    }

    Expect.equal(
        "the calls of the protocol",
        List.of("connectionMade", "member", "end", "member", "end"),
        protocol.trace().events());
  }

  private void sendToGroup(String text, DatagramSocket peer, InetSocketAddress group) {
    try {
      Datagrams.send(text, peer, group);
    } catch (IOException refused) {
      throw fixture.notApplicable("plain sockets cannot send to groups here: " + refused);
    }
  }

  private static InetSocketAddress addressOf(DatagramSocket peer) {
    return (InetSocketAddress) peer.getLocalSocketAddress();
  }
}
