package org.asyncio4j.tck.rules.hooks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 7, part three: the sockets of a closed loop. */
@Requires({Capability.TCP_CLIENT, Capability.TCP_SERVER})
final class HookClosingRules {

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();
  private final ProbeProtocol protocol = new ProbeProtocol(trace);

  HookClosingRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Closes a loop twice and checks the hooks. */
  @Rule("7.16")
  @Hint("Call `closeResources` as the last thing in `close`, once.")
  void closeResourcesIsTheLastHookAndIsCalledOnce() throws IOException {
    EventLoop loop = network.loop();
    HookLog hooks = HookLog.of(loop);
    Server server = network.serve(() -> protocol);
    Peer peer = network.connectTo(server);
    peer.send("x");
    fixture.patience().until("data must arrive", () -> protocol.received().equals("x"));
    network.running().close();

    loop.close();
    loop.close();
    peer.close();

    List<String> names = hooks.names();
    Expect.equal("the calls of closeResources", 1, hooks.callsOf("closeResources").size());
    Expect.equal("the last hook that is called", "closeResources", names.getLast());
  }

  /** Closes a loop with a connection, on which data and the end are arriving. */
  @Rule("7.17")
  @Hint("Drop everything that is queued; call no protocol in `closeResources`.")
  void aClosedLoopCallsNoProtocol() throws IOException {
    EventLoop loop = network.loop();
    ServerSocket listener = network.listen();
    Transport transport = network.connect(listener, protocol);
    Peer peer = network.accept(listener);
    network.running().close();
    peer.send("x");
    transport.abort();

    loop.close();
    peer.close();

    fixture
        .patience()
        .during("no protocol must be called after close", () -> trace.events().size() == 1);
    trace.expect("the calls of the protocol", "connectionMade");
  }

  /**
   * Closes a loop with a server, with connections of both kinds, and with one that waits to be
   * accepted.
   */
  @Rule("7.18")
  @Hint("Keep track of all sockets, and close them in `closeResources`.")
  void aLoopThatIsClosedClosesItsSockets() throws IOException {
    ServerSocket listener = network.listen();
    Transport _ = network.connect(listener, new ProbeProtocol());
    Server server = network.serve(() -> protocol);
    InetSocketAddress address = network.addressOf(server);
    Peer accepted = network.connectTo(address);
    fixture.patience().await("a connection must be made", protocol.made());
    network.running().close();
    Peer waiting = network.connectTo(address);

    network.loop().close();

    network.expectRefusal(address);
    network.accept(listener).expectClosed("a connection that the loop made");
    accepted.expectClosed("a connection that the loop accepted");
    waiting.expectClosed("a connection that waited to be accepted");
  }

  /** Closes a loop while it connects. The task ends with the loop. */
  @Rule("7.19")
  @Hint("Track sockets as soon as they are opened.")
  void aLoopThatIsClosedWhileItConnectsClosesTheSocket() throws IOException {
    EventLoop loop = fixture.openLoop();
    ServerSocket listener = network.listen();
    HookLog hooks = HookLog.of(loop);
    Task<?> task =
        loop.createTask(() -> {
          loop.stop();
          return loop.createConnection(() -> protocol, Network.to(listener));
        });

    loop.runForever();
    Expect.equal("the hooks that were called", List.of("connectSocket"), hooks.names());
    Expect.that("a task that connects must be pending", !task.isDone());
    loop.close();

    var _ = fixture.takeReport("a task that is lost with its loop");
    network.accept(listener).expectClosed("a connection that was not returned");
    trace.expect("the calls of the protocol");
  }
}
