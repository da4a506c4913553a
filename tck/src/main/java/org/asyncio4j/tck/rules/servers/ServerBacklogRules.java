package org.asyncio4j.tck.rules.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;

/** Chapter 9, part six: clients that come before a server is started. */
@Requires(Capability.TCP_SERVER)
final class ServerBacklogRules {

  private final LoopFixture fixture;
  private final Network network;
  private final AtomicInteger accepted = new AtomicInteger();

  ServerBacklogRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Connects to a server that is to start later, and starts it. */
  @Rule("9.40")
  @Hint("Listen in `bindSocket`, and accept in `startServing`.")
  void clientsThatConnectEarlyWaitForTheStart() throws IOException {
    Server server = serveLater();
    List<Peer> early = List.of(network.connectTo(server), network.connectTo(server));
    for (Peer client : early) {
      client.send("early");
    }
    fixture
        .patience()
        .during("nothing must be accepted before the start", () -> accepted.get() == 0);

    network.runTask(server::startServing);

    for (Peer client : early) {
      client.expectText("early");
    }
    Peer late = network.connectTo(server);
    late.send("late");
    late.expectText("late");
    Expect.equal("the number of connections", 3, accepted.get());
  }

  /** Connects to a server that is never started, and closes it. */
  @Rule("9.41")
  @Hint("Close the listening socket, whether it was started or not.")
  void closingAServerThatNeverStartedDisconnectsWaitingClients() throws IOException {
    Server server = serveLater();
    InetSocketAddress address = network.addressOf(server);
    Peer first = network.connectTo(server);
    Peer second = network.connectTo(server);

    network.perform(server::close);

    first.expectClosed("the first connection that was never accepted");
    second.expectClosed("the second connection that was never accepted");
    network.expectRefusal(address);
    Expect.equal("the number of connections", 0, accepted.get());
  }

  private Server serveLater() {
    return network.serve(this::make, ServerOptions.on(Network.HOST, 0).withStartServing(false));
  }

  private StreamProtocol make() {
    accepted.incrementAndGet();
    return new EchoProtocol();
  }
}
