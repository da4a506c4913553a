package org.asyncio4j.tck.rules.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Loopback;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;

/** Chapter 9, part five: several addresses, and many resets. */
@Requires(Capability.TCP_SERVER)
final class ServerAddressRules {

  private static final int STORM = 50;

  private final LoopFixture fixture;
  private final Network network;

  ServerAddressRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Names the wildcards of both families, and connects over both. Does not apply without IPv6. */
  @Rule("9.34")
  @Hint("Leave the IPv4 wildcard out if the IPv6 wildcard serves both.")
  void theWildcardsOfBothFamiliesServeTogether() throws IOException {
    if (!Loopback.hasIpv6()) {
      throw fixture.notApplicable("there is one family only");
    }
    int port = Loopback.unusedAddress().getPort();
    Server _ = serve(ServerOptions.onAllInterfaces(port).withHosts(List.of("0.0.0.0", "::")));

    expectEcho(network.connectTo(Network.endpoint(port)));
    expectEcho(network.connectTo(new InetSocketAddress(Loopback.ipv6(), port)));
  }

  /**
   * Connects many times, resets all connections before the loop can accept them, and connects
   * again.
   */
  @Rule("9.35")
  @Hint("Skip aborted connections, however many there are.")
  void aStormOfResetsDoesNotAffectOthers() throws IOException {
    Server server = serve(ServerOptions.on(Network.HOST, 0));
    InetSocketAddress address = network.addressOf(server);
    network.running().close();
    Queue<Peer> storm = new ConcurrentLinkedQueue<>();
    for (int client = 0; client < STORM; client++) {
      storm.add(network.connectTo(address));
    }
    for (Peer client : storm) {
      client.reset();
    }
    BackgroundLoop again = fixture.start(network.loop());

    expectEcho(network.connectTo(address));

    again.perform(() -> {});
    Expect.equal("what is reported", Optional.empty(), fixture.pollReport());
  }

  /** Names an address of this machine, and one of another. */
  @Rule("9.36")
  @Hint("Leave out addresses that this machine does not have, unless no other is left.")
  void anAddressOfAnotherMachineIsSkipped() throws IOException {
    Server server =
        serve(ServerOptions.on(Network.HOST, 0).withHosts(List.of("192.0.2.1", Network.HOST)));

    expectEcho(network.connectTo(server));
  }

  private Server serve(ServerOptions options) {
    return network.serve(EchoProtocol::new, options);
  }

  private void expectEcho(Peer peer) throws IOException {
    peer.send("hello");
    peer.expectText("hello");
  }
}
