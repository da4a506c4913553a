package org.asyncio4j.tck.rules.datagrams;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.DatagramProbe;
import org.asyncio4j.tck.probe.Datagrams;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;

/** Chapter 18, part four: endpoints that follow one another. */
@Requires(Capability.UDP)
final class UdpReuseRules {

  private static final int ROUNDS = 24;
  private static final int MOST_TICKS = 4;
  private static final int LONGEST = 100;

  private final Datagrams datagrams;

  UdpReuseRules(LoopFixture fixture) {
    this.datagrams = new Datagrams(fixture);
  }

  /**
   * Opens an endpoint, sends and aborts it at once, and opens another one some ticks later, which
   * the system may give the same descriptor.
   */
  @Rule("18.28")
  @Hint("Withdraw what was not submitted yet before the descriptor of a socket is closed.")
  void anEndpointDoesNothingForOneThatWasClosed() throws IOException {
    DatagramSocket peer = datagrams.peer();
    for (int round = 0; round < ROUNDS; round++) {
      int ticks = round % MOST_TICKS;
      DatagramProbe protocol = new DatagramProbe();
      DatagramTransport next =
          datagrams.running().run(() -> replace(peer.getLocalSocketAddress(), ticks, protocol));
      InetSocketAddress address = datagrams.addressOf(next);

      expectOnlyOwn(peer, address);
      Datagrams.send("first", peer, address);
      Datagrams.send("second", peer, address);

      datagrams.await(protocol, "second");
      Expect.equal(
          "the calls of the protocol",
          List.of("connectionMade", "first", "second"),
          protocol.trace().events());
      datagrams.act(next::abort);
    }
  }

  private DatagramTransport replace(SocketAddress peer, int ticks, DatagramProbe protocol)
      throws IOException {
    EventLoop loop = datagrams.loop();
    DatagramTransport ended =
        loop.createDatagramEndpoint(DatagramProbe::new, Datagrams.ANY_PORT).transport();
    ended.sendTo(ByteBuffer.wrap(Network.bytes("of the endpoint that ends")), peer);
    ended.abort();
    for (int tick = 0; tick < ticks; tick++) {
      Asyncio.sleep(Duration.ZERO);
    }
    DatagramTransport next =
        loop.createDatagramEndpoint(() -> protocol, Datagrams.ANY_PORT).transport();
    next.sendTo(ByteBuffer.wrap(Network.bytes("own")), peer);
    return next;
  }

  // The aborted endpoint may have sent, too, but only from its own address.
  private static void expectOnlyOwn(DatagramSocket peer, InetSocketAddress address)
      throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    do {
      packet.setLength(LONGEST);
      peer.receive(packet);
    } while (!packet.getSocketAddress().equals(address));
    Expect.equal(
        "what an endpoint sends first",
        "own",
        new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII));
  }
}
