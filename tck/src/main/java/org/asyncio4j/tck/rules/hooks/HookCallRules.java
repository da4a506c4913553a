package org.asyncio4j.tck.rules.hooks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
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

/**
 * Chapter 7, part one: which hooks the public operations call. Does not apply to loops that do not
 * extend {@code BaseEventLoop}.
 */
final class HookCallRules {

  private static final String MAKE = "makeSocketTransport";
  private static final ServerOptions ANY_PORT = ServerOptions.on(Network.HOST, 0);

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();
  private final ProbeProtocol protocol = new ProbeProtocol(trace);

  HookCallRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Connects once and checks the hooks. */
  @Rule("7.1")
  @Hint("Use the hooks, and pass the socket of the first to the second.")
  @Requires(Capability.TCP_CLIENT)
  void createConnectionConnectsASocketAndMakesItsTransport() throws IOException {
    ServerSocket peer = network.listen();
    HookLog hooks = HookLog.of(network.loop());

    Transport transport = network.connect(peer, protocol);

    Expect.equal("the hooks that were called", List.of("connectSocket", MAKE), hooks.names());
    ConnectSocketRequest connect =
        hooks.requests("connectSocket", ConnectSocketRequest.class).getFirst();
    Expect.equal("the address", peer.getLocalSocketAddress(), connect.remote());
    SocketTransportRequest make = hooks.requests(MAKE, SocketTransportRequest.class).getFirst();
    Expect.same("the protocol", protocol, make.protocol());
    Expect.that("a waiter must be given", make.waiter().isPresent());
    Expect.same("the transport", transport, hooks.callsOf(MAKE).getFirst().result());
  }

  /** Serves on one address, accepts one connection, and closes the server twice. */
  @Rule("7.2")
  @Hint("Use the hooks, once for each listening socket.")
  @Requires(Capability.TCP_SERVER)
  void aServerBindsServesAndStopsEachSocketOnce() throws IOException {
    HookLog hooks = HookLog.of(network.loop());

    Server server = network.serve(() -> protocol);
    Peer peer = network.connectTo(server);
    peer.send("x");
    fixture.patience().until("data must arrive", () -> protocol.received().equals("x"));
    network.perform(server::close);
    network.perform(server::close);

    Expect.equal(
        "the hooks that were called",
        List.of("bindSocket", "startServing", MAKE, "stopServing"),
        hooks.names());
    Object listener = hooks.callsOf("bindSocket").getFirst().result();
    Expect.same(
        "the socket that is served",
        listener,
        hooks.requests("startServing", ServingRequest.class).getFirst().listener());
    Expect.same(
        "the socket that is not served any more",
        listener,
        hooks.requests("stopServing", SocketHandle.class).getFirst());
  }

  /** Creates a server with options, and checks the arguments of the hooks. */
  @Rule("7.3")
  @Hint("Pass the options on unchanged.")
  @Requires(Capability.TCP_SERVER)
  void theHooksReceiveTheOptions() {
    HookLog hooks = HookLog.of(network.loop());
    ServerOptions options =
        ANY_PORT.withBacklog(7).withKeepAlive(true).withReuseAddress(false).withStartServing(false);

    Server server = network.serve(() -> protocol, options);

    Expect.equal("the hooks of a server to start", List.of("bindSocket"), hooks.names());
    BindSocketRequest bind = hooks.requests("bindSocket", BindSocketRequest.class).getFirst();
    InetSocketAddress address = Network.endpoint(0);
    Expect.equal("the request", new BindSocketRequest(address, 7, false, false, true), bind);
    network.runTask(server::startServing);
    Expect.equal(
        "the backlog",
        7,
        hooks.requests("startServing", ServingRequest.class).getFirst().backlog());
  }

  /** Records when the hook returns and when the protocol is called, with data already waiting. */
  @Rule("7.4")
  @Hint("Schedule `connectionMade` by `callSoon`.")
  @Requires(Capability.TCP_SERVER)
  void makeSocketTransportReturnsBeforeTheProtocolIsCalled() throws IOException {
    HookLog.observe(network.loop(), call -> note(call.hook()));
    Server server = network.serve(() -> protocol);

    Peer peer = network.connectTo(server);
    peer.send("x");

    fixture.patience().until("data must arrive", () -> protocol.received().equals("x"));
    trace.expect("the order of the events", MAKE, "connectionMade", "dataReceived");
  }

  /** Checks in a callback that {@code connectionMade} schedules whether the waiter is done. */
  @Rule("7.5")
  @Hint(
      "Schedule `connectionMade`, the start of reading and the waiter's completion together, in"
          + " this order.")
  @Requires(Capability.TCP_CLIENT)
  void theWaiterIsDoneRightAfterConnectionMade() throws IOException {
    ServerSocket peer = network.listen();
    EventLoop loop = network.loop();
    HookLog hooks = HookLog.of(loop);
    ProbeProtocol looking =
        new ProbeProtocol(trace) {
          @Override
          public void connectionMade(Transport transport) {
            super.connectionMade(transport);
            trace.add("waiter done: " + isWaiterDone(hooks));
            loop.callSoon(() -> trace.add("waiter done: " + isWaiterDone(hooks)));
          }
        };

    Transport _ = network.connect(peer, looking);
    network.perform(() -> {});

    trace.expect(
        "the order of the events", "connectionMade", "waiter done: false", "waiter done: true");
  }

  /** Cancels the waiter before its turn, through the task that awaits it. */
  @Rule("7.6")
  @Hint("Check whether the waiter is done before it is completed.")
  @Requires(Capability.TCP_CLIENT)
  void aWaiterThatWasCancelledIsLeftAlone() throws IOException {
    ServerSocket peer = network.listen();
    EventLoop loop = network.loop();
    HookLog hooks = HookLog.of(loop);
    network.perform(() ->
        loop.createTask(() -> loop.createConnection(() -> cancelling(loop), Network.to(peer))));

    fixture.patience().await("the connection must be closed", protocol.lost());
    network.perform(() -> {});

    SocketTransportRequest make = hooks.requests(MAKE, SocketTransportRequest.class).getFirst();
    Expect.that("the waiter must be cancelled", make.waiter().orElseThrow().isCancelled());
    Expect.equal("what is reported", Optional.empty(), fixture.pollReport());
  }

  /** Fails to bind a socket. */
  @Rule("7.7")
  @Hint("Let the exception of the hook end the operation; serve nothing.")
  @Requires(Capability.TCP_SERVER)
  void nothingIsServedWhenBindSocketFails() throws IOException {
    ServerSocket taken = network.listen();
    HookLog hooks = HookLog.of(network.loop());
    ServerOptions options = ServerOptions.on(Network.HOST, taken.getLocalPort());

    IOException _ =
        network.run(() ->
            Expect.thrown(
                IOException.class,
                "createServer on an address that is taken",
                () -> network.loop().createServer(() -> protocol, options).close()));

    Expect.equal("the hooks that were called", List.of("bindSocket"), hooks.names());
    Expect.that("the hook must throw", hooks.callsOf("bindSocket").getFirst().thrown().isPresent());
  }

  /** Lets the loop's thread sleep in {@code poll}, and wakes it by data and by a callback. */
  @Rule("7.8")
  @Hint("Queue the callbacks in `poll`, and let the tick run them.")
  @Requires(Capability.TCP_CLIENT)
  void pollRunsNoCallback() throws IOException {
    Trace order = new Trace();
    HookLog.observe(network.loop(), call -> noteIfPoll(order, call.hook()));
    ServerSocket peer = network.listen();
    Transport _ = network.connect(peer, protocol);
    Peer accepted = network.accept(peer);

    expectPollBefore(
        order, "callback", () -> network.loop().callSoonThreadsafe(order.adding("callback")));
    ProbeProtocol noting =
        new ProbeProtocol(trace) {
          @Override
          public void dataReceived(ByteBuffer data) {
            order.add("dataReceived");
          }
        };
    network.perform(() -> protocol.transport().setProtocol(noting));
    expectPollBefore(order, "dataReceived", () -> accepted.send("x"));
  }

  private void expectPollBefore(Trace order, String event, ThrowingRunnable<IOException> cause)
      throws IOException {
    // A loop that has nothing to do for this time sleeps.
    fixture
        .patience()
        .during("the loop must not run " + event, () -> !order.events().contains(event));
    int before = order.events().size();
    cause.run();
    fixture.patience().until(event + " must happen", () -> order.events().contains(event));
    List<String> since = order.events().subList(before, order.events().indexOf(event));
    Expect.that("poll must return before '%s' runs".formatted(event), since.contains("poll"));
  }

  private ProbeProtocol cancelling(EventLoop loop) {
    var self = loop.currentTask().orElseThrow();
    loop.callSoon(() -> self.cancel());
    return protocol;
  }

  private static boolean isWaiterDone(HookLog hooks) {
    return hooks
        .requests(MAKE, SocketTransportRequest.class)
        .getFirst()
        .waiter()
        .orElseThrow()
        .isDone();
  }

  private void note(String hook) {
    if (hook.equals(MAKE)) {
      trace.add(hook);
    }
  }

  private static void noteIfPoll(Trace order, String hook) {
    if (hook.equals("poll")) {
      order.add(hook);
    }
  }
}
