package org.asyncio4j.tck.rules.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.Optional;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 8, part two: connects that are cancelled, and protocols that close or throw early. */
@Requires(Capability.TCP_CLIENT)
final class ClientLifeRules {

  private static final int TICKS = 12;
  private static final int ROUNDS = 3;
  private static final String NEXT = "next";

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();
  private final ProbeProtocol protocol = new ProbeProtocol(trace);

  ClientLifeRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Cancels a connect before the loop can notice its end, several times. The peer may see nothing
   * of it: a loop may submit a connect with the next poll.
   */
  @Rule("8.12")
  @Hint("Close the socket when the future of `connectSocket` is cancelled.")
  void aCancelledConnectClosesItsSocket() throws IOException {
    ServerSocket peer = network.listen();
    EventLoop loop = network.loop();
    for (int round = 0; round < ROUNDS; round++) {
      Task<Connection<ProbeProtocol>> task =
          network.call(() ->
              loop.createTask(() -> {
                Task<?> self = loop.currentTask().orElseThrow();
                loop.callSoon(() -> self.cancel());
                return loop.createConnection(this::make, Network.to(peer));
              }));

      expectCancelled(task);

      trace.expect("the calls of the factory");
      expectOnlyEndsBeforeTheNext(peer);
    }
  }

  /** Makes another connection, whose peer says what it is, and looks at those before it. */
  private void expectOnlyEndsBeforeTheNext(ServerSocket peer) throws IOException {
    Transport next = network.connect(peer, new ProbeProtocol());
    network.perform(() -> next.write(Network.bytes(NEXT)));
    byte[] first;
    do {
      first = network.accept(peer).receiveUpTo(NEXT.length());
    } while (first.length == 0);
    Expect.equal("what a peer receives", NEXT, new String(first, US_ASCII));
    network.settle(TICKS);
    Optional<Peer> late = network.acceptWaiting(peer);
    if (late.isPresent()) {
      late.get().expectClosed("a connection whose connect was cancelled");
    }
    network.perform(next::abort);
  }

  /** Cancels connects after one tick, after two ticks, and so on. */
  @Rule("8.13")
  @Hint(
      "At each point the socket must have an owner that closes it: first the connect, then"
          + " `createConnection`, then the transport.")
  void aConnectMayBeCancelledAtAnyTime() throws IOException {
    ServerSocket peer = network.listen();
    EventLoop loop = network.loop();
    for (int ticks = 0; ticks < TICKS; ticks++) {
      ProbeProtocol probe = new ProbeProtocol();
      Task<Connection<ProbeProtocol>> task =
          loop.createTask(() -> loop.createConnection(() -> probe, Network.to(peer)));
      for (int tick = 0; tick < ticks; tick++) {
        fixture.tick();
      }
      boolean cancelled = task.cancel();
      fixture.tickUntilDone("a connect that was cancelled", task);
      if (!cancelled) {
        task.result().transport().abort();
      }
      for (int tick = 0; tick < TICKS; tick++) {
        fixture.tick();
      }
      Expect.equal(
          "whether connectionLost is called if connectionMade was, " + ticks + " ticks on",
          probe.made().getCount(),
          probe.lost().getCount());
      expectEndIfConnected(ticks, peer, probe);
    }
  }

  /** Cancels a task between the connect and the waiter. */
  @Rule("8.14")
  @Hint("Close the transport when the waiter's await throws.")
  void aConnectionWithoutAWaitingTaskIsClosed() throws IOException {
    ServerSocket peer = network.listen();
    EventLoop loop = network.loop();
    Task<Connection<ProbeProtocol>> task =
        network.call(() ->
            loop.createTask(() -> loop.createConnection(this::makeAndCancel, Network.to(peer))));

    expectCancelled(task);

    network.accept(peer).expectClosed("a connection without a waiting task");
    fixture.patience().await("connectionLost must be called", protocol.lost());
    trace.expect("the calls of the protocol", "connectionMade", "connectionLost");
    Expect.equal("what the connection is lost with", Optional.empty(), protocol.reason());
  }

  /** Closes the transport as soon as it is known, while data is arriving. */
  @Rule("8.15")
  @Hint("Schedule `connectionLost` once, and continue with the waiter.")
  void aProtocolMayCloseInConnectionMade() throws IOException {
    ServerSocket peer = network.listen();
    ProbeProtocol closing =
        new ProbeProtocol(trace) {
          @Override
          public void connectionMade(Transport transport) {
            super.connectionMade(transport);
            transport.close();
          }
        };

    Transport transport = network.connect(peer, closing);

    Expect.that("a transport that was closed must say so", transport.isClosing());
    network.accept(peer).expectClosed("a connection that was closed in connectionMade");
    fixture.patience().await("connectionLost must be called", closing.lost());
    fixture.patience().during("connectionLost must be called once", () -> events() == 2);
    trace.expect("the calls of the protocol", "connectionMade", "connectionLost");
  }

  /** Throws in {@code connectionMade}. */
  @Rule("8.16")
  @Hint("Run `connectionMade` as a callback of its own, apart from the waiter.")
  void anExceptionOfConnectionMadeIsReportedAndTheConnectionSurvives() throws IOException {
    ServerSocket peer = network.listen();
    IllegalArgumentException fault = new IllegalArgumentException("on purpose");
    ProbeProtocol faulty =
        new ProbeProtocol(trace) {
          @Override
          public void connectionMade(Transport transport) {
            super.connectionMade(transport);
            throw fault;
          }
        };

    Transport transport = network.connect(peer, faulty);

    ErrorReport report = fixture.takeReport("what connectionMade throws");
    Expect.equal("the exception that is reported", Optional.of(fault), report.exception());
    Peer accepted = network.accept(peer);
    accepted.send("x");
    fixture.patience().until("data must arrive nevertheless", () -> faulty.received().equals("x"));
    Expect.that("the transport must not be closing", !transport.isClosing());
  }

  /** Resets a connection, and queries the peer's address afterwards. */
  @Rule("8.17")
  @Hint("Read the address from the socket when the transport is made, and keep it.")
  void thePeersAddressIsKnownAfterAReset() throws IOException {
    ServerSocket peer = network.listen();
    Transport transport = network.connect(peer, protocol);
    Optional<SocketAddress> expected =
        Optional.of(new InetSocketAddress(peer.getInetAddress(), peer.getLocalPort()));

    network.accept(peer).reset();
    fixture.patience().await("a connection that is reset must be lost", protocol.lost());

    Expect.equal("the peer's name", expected, transport.extraInfo(ExtraInfo.PEERNAME));
  }

  /** Throws in the factory of a protocol. */
  @Rule("8.18")
  @Hint("Close the socket when the factory throws, and rethrow.")
  void aFactoryThatThrowsLeavesNoConnection() throws IOException {
    ServerSocket peer = network.listen();
    IllegalArgumentException fault = new IllegalArgumentException("on purpose");

    IllegalArgumentException thrown =
        network.run(() ->
            Expect.thrown(
                IllegalArgumentException.class,
                "createConnection with a factory that throws",
                () ->
                    network
                        .loop()
                        .createConnection(
                            () -> {
                              throw fault;
                            },
                            Network.to(peer))));

    Expect.same("the exception", fault, thrown);
    network.accept(peer).expectClosed("a connection without a protocol");
  }

  /** Connects the loop to a server of the reference loop, {@code nio}, and echoes text. */
  @Rule("8.19")
  @Hint(
      "While the other rules hold: check behavior that plain sockets do not show, such as"
          + " half-closes and many small writes.")
  void aClientTalksToAServerOfTheReferenceLoop() throws IOException {
    EventLoop reference = fixture.openReferenceLoop();
    BackgroundLoop other = fixture.start(reference);
    Server server =
        other.run(
            () -> reference.createServer(EchoProtocol::new, ServerOptions.on(Network.HOST, 0)));
    InetSocketAddress address =
        network.towards(
            (InetSocketAddress) other.call(() -> server.sockets().getFirst()).localAddress());
    String text = String.join("", Collections.nCopies(10_000, "0123456789"));

    Transport transport =
        network.run(() ->
            network
                .loop()
                .createConnection(() -> protocol, Network.HOST, address.getPort())
                .transport());
    network.perform(() -> transport.write(Network.bytes(text)));

    fixture
        .patience()
        .until("all text must come back", () -> protocol.received().length() >= text.length());
    Expect.that("what comes back must be what was sent", protocol.received().equals(text));
    network.perform(transport::close);
    fixture.patience().await("connectionLost must be called", protocol.lost());
    other.perform(server::close);
  }

  private ProbeProtocol make() {
    trace.add("factory");
    return protocol;
  }

  private ProbeProtocol makeAndCancel() {
    EventLoop loop = network.loop();
    Task<?> self = loop.currentTask().orElseThrow();
    loop.callSoon(() -> self.cancel());
    return protocol;
  }

  private int events() {
    return trace.events().size();
  }

  private void expectCancelled(Task<?> task) {
    network.run(() ->
        Expect.thrown(CancelledError.class, "createConnection that is cancelled", task::await));
  }

  private void expectEndIfConnected(int ticks, ServerSocket peer, ProbeProtocol probe)
      throws IOException {
    Optional<Peer> accepted =
        probe.made().getCount() == 0
            ? Optional.of(network.accept(peer))
            : network.acceptWaiting(peer);
    if (accepted.isPresent()) {
      accepted
          .get()
          .expectClosed("a connection that was cancelled after %d ticks".formatted(ticks));
    }
  }
}
