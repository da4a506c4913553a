package org.asyncio4j.tck.rules.datagrams;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.DatagramProbe;
import org.asyncio4j.tck.probe.Datagrams;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;

/** Chapter 18, part one: how endpoints of datagrams are made and end. */
@Requires(Capability.UDP)
final class UdpEndpointRules {

  private static final String MAKE = "makeDatagramTransport";
  private static final String OPEN = "openDatagram";

  private final LoopFixture fixture;
  private final Datagrams datagrams;
  private final DatagramProbe protocol = new DatagramProbe();

  UdpEndpointRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.datagrams = new Datagrams(fixture);
  }

  /** Opens an endpoint with a local address and checks the hooks. */
  @Rule("18.1")
  @Hint("Use the hooks, and pass the socket of the first to the second.")
  void aLocalAddressIsBoundByTheHooks() {
    HookLog hooks = HookLog.of(fixture.loop());

    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);

    Expect.equal("the hooks that were called", List.of(OPEN, MAKE), hooks.names());
    Expect.equal(
        "the request",
        new OpenDatagramRequest(
            StandardProtocolFamily.INET, Optional.of(Network.endpoint(0)), false, false),
        hooks.requests(OPEN, OpenDatagramRequest.class).getFirst());
    DatagramTransportRequest make = hooks.requests(MAKE, DatagramTransportRequest.class).getFirst();
    Expect.same("the socket", hooks.callsOf(OPEN).getFirst().result(), make.socket());
    Expect.same("the protocol", protocol, make.protocol());
    Expect.equal("the peer", Optional.empty(), make.peer());
    Expect.same("the transport", transport, hooks.callsOf(MAKE).getFirst().result());
  }

  /** Opens an endpoint with a remote address and checks the hooks. */
  @Rule("18.2")
  @Hint("Connect the socket, unless it is to broadcast.")
  void aRemoteAddressIsConnectedByTheHooks() throws IOException {
    HookLog hooks = HookLog.of(fixture.loop());
    DatagramSocket peer = datagrams.peer();

    DatagramTransport _ = datagrams.connect(protocol, peer);

    Expect.equal(
        "the hooks that were called", List.of(OPEN, "connectDatagram", MAKE), hooks.names());
    Expect.equal(
        "the request to open",
        new OpenDatagramRequest(StandardProtocolFamily.INET, Optional.empty(), false, false),
        hooks.requests(OPEN, OpenDatagramRequest.class).getFirst());
    ConnectDatagramRequest connect =
        hooks.requests("connectDatagram", ConnectDatagramRequest.class).getFirst();
    DatagramTransportRequest make = hooks.requests(MAKE, DatagramTransportRequest.class).getFirst();
    Object socket = hooks.callsOf(OPEN).getFirst().result();
    Expect.same("the socket that is connected", socket, connect.socket());
    Expect.same("the socket of the transport", socket, make.socket());
    Expect.equal(
        "where it is connected to", Network.endpoint(peer.getLocalPort()), connect.remote());
    Expect.equal("the peer", Optional.of(peer.getLocalSocketAddress()), make.peer());
  }

  /** Checks the calls of the protocol when the endpoint is returned. */
  @Rule("18.3")
  @Hint("Schedule `connectionMade` first, and then the waiter.")
  void connectionMadeIsCalledBeforeTheEndpointIsReturned() {
    List<String> received =
        datagrams
            .running()
            .run(() -> {
              var made = fixture.loop().createDatagramEndpoint(() -> protocol, Datagrams.ANY_PORT);
              Expect.same("the protocol", protocol, made.protocol());
              return protocol.trace().events();
            });

    Expect.equal("the calls of the protocol", List.of("connectionMade"), received);
  }

  /** Makes the factory fail. */
  @Rule("18.4")
  @Hint("Let the exception of the factory end the operation, and close the socket.")
  void anExceptionOfTheFactoryIsThrownUnchanged() throws IOException {
    InetSocketAddress address = unusedAddress();
    IllegalStateException mine = new IllegalStateException("mine");

    IllegalStateException thrown =
        datagrams
            .running()
            .run(() ->
                Expect.thrown(
                    IllegalStateException.class,
                    "createDatagramEndpoint whose factory throws",
                    () ->
                        fixture
                            .loop()
                            .createDatagramEndpoint(
                                () -> {
                                  throw mine;
                                },
                                Datagrams.ANY_PORT.withLocalAddress(address))));

    Expect.same("what is thrown", mine, thrown);
    datagrams.expectFree(address);
  }

  /** Cancels the task before the endpoint is returned. */
  @Rule("18.5")
  @Hint("Close the transport when no task waits for it any more.")
  void anEndpointWithoutAWaitingTaskIsClosed() throws IOException {
    InetSocketAddress address = unusedAddress();
    EventLoop loop = fixture.loop();

    datagrams
        .running()
        .runTask(() -> {
          Task<?> task =
              loop.createTask(() ->
                  loop.createDatagramEndpoint(
                      () -> cancelling(loop), Datagrams.ANY_PORT.withLocalAddress(address)));
          CancelledError _ = Expect.thrown(CancelledError.class, "the task", task::await);
        });

    datagrams.await(protocol, "connectionLost");
    datagrams.expectFree(address);
  }

  private DatagramProbe cancelling(EventLoop loop) {
    Task<?> self = loop.currentTask().orElseThrow();
    boolean ignored = self.cancel();
    return protocol;
  }

  /** Closes an endpoint twice, while a datagram is on its way to it. */
  @Rule("18.6")
  @Hint("Call `connectionLost` once and last, and then close the socket.")
  void afterCloseConnectionLostIsCalledOnceAndLast() throws IOException {
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);
    InetSocketAddress address = datagrams.addressOf(transport);
    DatagramSocket peer = datagrams.peer();

    datagrams.act(() -> {
      Datagrams.send("late", peer, address);
      transport.close();
      transport.close();
      Expect.that("an endpoint that was closed must be closing", transport.isClosing());
    });

    datagrams.await(protocol, "connectionLost");
    datagrams.expectFree(address);
    expectOnly("connectionMade", "connectionLost");
  }

  /** Aborts an endpoint. */
  @Rule("18.7")
  @Hint("Call `connectionLost` with `null`.")
  void abortCallsConnectionLostWithoutAReason() {
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);

    datagrams.act(transport::abort);

    fixture
        .patience()
        .until("connectionLost must be called", () -> protocol.trace().events().size() > 1);
    expectOnly("connectionMade", "connectionLost");
  }

  /** Creates endpoints with the broadcast option and without. */
  @Rule("18.8")
  @Hint("Set SO_BROADCAST as the request says.")
  void broadcastNeedsTheOption() {
    DatagramTransport quiet = datagrams.open(protocol, Datagrams.ANY_PORT);
    DatagramTransport loud = datagrams.open(protocol, Datagrams.ANY_PORT.withBroadcast(true));

    Expect.equal("SO_BROADCAST without the option", false, mayBroadcast(quiet));
    Expect.equal("SO_BROADCAST with the option", true, mayBroadcast(loud));
  }

  private boolean mayBroadcast(DatagramTransport transport) {
    return datagrams
        .running()
        .call(() ->
            transport
                .extraInfo(ExtraInfo.SOCKET)
                .orElseThrow()
                .option(StandardSocketOptions.SO_BROADCAST));
  }

  /** Binds two endpoints to one port, with and without the option. */
  @Rule("18.9")
  @Hint("Set SO_REUSEPORT as the request says.")
  @Requires(Capability.REUSE_PORT)
  void sharingAPortNeedsTheOption() {
    DatagramTransport first = datagrams.open(protocol, Datagrams.ANY_PORT.withReusePort(true));
    InetSocketAddress shared = datagrams.addressOf(first);
    DatagramTransport _ =
        datagrams.open(protocol, Datagrams.ANY_PORT.withLocalAddress(shared).withReusePort(true));
    DatagramTransport alone = datagrams.open(protocol, Datagrams.ANY_PORT);
    InetSocketAddress taken = datagrams.addressOf(alone);

    IOException _ =
        datagrams
            .running()
            .run(() ->
                Expect.thrown(
                    IOException.class,
                    "createDatagramEndpoint at an address that is taken",
                    () ->
                        fixture
                            .loop()
                            .createDatagramEndpoint(
                                () -> protocol, Datagrams.ANY_PORT.withLocalAddress(taken))));
  }

  /** Makes a protocol read its context, twice. */
  @Rule("18.10")
  @Hint("Call all methods of the protocol in the context of the request.")
  void protocolsAreCalledInTheContextOfTheirCreator() throws IOException {
    ContextVar<String> name = ContextVar.withDefault("name", "absent");
    DatagramProbe looking =
        new DatagramProbe() {
          @Override
          public void datagramReceived(ByteBuffer data, SocketAddress from) {
            super.datagramReceived(ByteBuffer.wrap(Network.bytes(name.get())), from);
          }
        };
    DatagramTransport transport =
        datagrams
            .running()
            .run(() -> {
              var _ = name.set("creator");
              return fixture
                  .loop()
                  .createDatagramEndpoint(() -> looking, Datagrams.ANY_PORT)
                  .transport();
            });

    for (int round : new int[] {1, 2}) {
      Datagrams.send("x", datagrams.peer(), datagrams.addressOf(transport));
      fixture.patience().until("it must be called", () -> looking.trace().events().size() > round);
    }

    Expect.equal(
        "what it finds", List.of("connectionMade", "creator", "creator"), looking.trace().events());
  }

  /** Closes a loop that has an endpoint. */
  @Rule("18.11")
  @Hint("Keep track of all sockets, close them in `closeResources`, and call no protocol.")
  void aClosedLoopClosesItsEndpointsAndCallsNoProtocol() {
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);
    InetSocketAddress address = datagrams.addressOf(transport);
    datagrams.running().close();

    fixture.loop().close();

    datagrams.expectFree(address);
    expectOnly("connectionMade");
  }

  private void expectOnly(String... events) {
    fixture
        .patience()
        .during(
            "the protocol must not be called again",
            () -> protocol.trace().events().size() <= events.length);
    Expect.equal("the calls of the protocol", List.of(events), protocol.trace().events());
  }

  private InetSocketAddress unusedAddress() throws IOException {
    try (DatagramSocket closed = datagrams.peer()) {
      return (InetSocketAddress) closed.getLocalSocketAddress();
    }
  }
}
