package org.asyncio4j.tck.rules.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
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

/** Chapter 9, part two: the connections that a server accepts. */
@Requires(Capability.TCP_SERVER)
final class ServerAcceptRules {

  private static final ContextVar<String> COLOUR = ContextVar.named("colour");
  private static final ServerOptions ANY_PORT = ServerOptions.on(Network.HOST, 0);

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();
  private final Queue<ProbeProtocol> protocols = new ConcurrentLinkedQueue<>();

  ServerAcceptRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Connects three times. */
  @Rule("9.12")
  @Hint("Call the factory once for each connection.")
  void eachConnectionHasItsOwnProtocol() throws IOException {
    Server server = network.serve(this::make);
    for (String text : List.of("a", "b", "c")) {
      network.connectTo(server).send(text);
      untilReceived(text);
    }

    Expect.equal("the number of protocols", 3, protocols.size());
    Expect.equal(
        "what each protocol received",
        List.of("a", "b", "c"),
        protocols.stream().map(ProbeProtocol::received).toList());
  }

  /** Connects from many threads at once to a server with a backlog of one. */
  @Rule("9.13")
  @Hint("Accept until no connection waits, or make sure to be notified again of those that do.")
  @Direct("a full backlog delays connecting clients")
  void moreConnectsThanTheBacklogAreAllAccepted() throws IOException {
    int clients = 12;
    Server server = network.serve(this::make, ANY_PORT.withBacklog(1));
    InetSocketAddress address = network.addressOf(server);
    CountDownLatch connected = new CountDownLatch(clients);
    for (int client = 0; client < clients; client++) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              network.connectAmongMany(address).send("x");
              connected.countDown();
            } catch (IOException failure) {
              trace.add(failure.toString());
            }
          });
    }

    fixture.patience().await("all must be able to connect", connected);
    fixture
        .patience()
        .until(
            "all connections must be accepted",
            () -> protocols.stream().filter(each -> each.received().equals("x")).count() == 12);
  }

  /** Connects and resets the connection before the loop can accept it, then connects again. */
  @Rule("9.14")
  @Hint(
      "Skip a connection that was aborted; only its protocol, if it has one, is notified of its"
          + " end.")
  void aConnectionResetBeforeItIsAcceptedDoesNotAffectOthers() throws IOException {
    Server server = network.serve(this::make);
    InetSocketAddress address = network.addressOf(server);
    network.running().close();
    network.connectTo(address).reset();
    BackgroundLoop again = fixture.start(network.loop());

    network.connectTo(address).send("x");

    untilReceived("x");
    Expect.equal("what is reported", Optional.empty(), fixture.pollReport());
    Expect.that("the server must serve on", again.call(server::isServing));
  }

  /** Makes the factory throw for the first connection. */
  @Rule("9.15")
  @Hint("Close the socket, report once, and continue accepting.")
  void aFactoryThatThrowsLosesOnlyItsConnection() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    IllegalArgumentException fault = new IllegalArgumentException("on purpose");
    Server server =
        network.serve(() -> {
          if (calls.incrementAndGet() == 1) {
            throw fault;
          }
          return make();
        });

    Peer unlucky = network.connectTo(server);
    unlucky.expectClosed("a connection without a protocol");
    fixture.patience().until("the server must continue", () -> calls.get() == 1);
    network.connectTo(server).send("x");

    untilReceived("x");
    ErrorReport report = fixture.takeReport("a factory that throws");
    Expect.equal("the exception that is reported", Optional.of(fault), report.exception());
  }

  /** Serves with {@code keepAlive} and without. */
  @Rule("9.16")
  @Hint("Set `SO_KEEPALIVE` of each accepted socket, if asked to.")
  void keepAliveIsSetFromTheOptions() throws IOException {
    for (boolean keepAlive : new boolean[] {true, false}) {
      protocols.clear();
      Server server = network.serve(this::make, ANY_PORT.withKeepAlive(keepAlive));
      network.connectTo(server).send("x");
      untilReceived("x");
      Transport transport = protocols.element().transport();

      boolean found =
          network.call(() ->
              transport
                  .extraInfo(ExtraInfo.SOCKET)
                  .orElseThrow()
                  .option(StandardSocketOptions.SO_KEEPALIVE));

      Expect.equal("SO_KEEPALIVE of an accepted socket", keepAlive, found);
    }
  }

  /** Creates a server in a context, and reads it in the methods of its protocols. */
  @Rule("9.17")
  @Hint("Call the protocols in a copy of the context in which `createServer` was called.")
  void protocolsSeeTheContextOfCreateServer() throws IOException {
    Queue<Optional<String>> seen = new ConcurrentLinkedQueue<>();
    Server server =
        serveIn(
            "red",
            () ->
                new ProbeProtocol(trace) {
                  @Override
                  public void connectionMade(Transport transport) {
                    seen.add(COLOUR.value());
                    super.connectionMade(transport);
                  }

                  @Override
                  public boolean eofReceived() {
                    seen.add(COLOUR.value());
                    return super.eofReceived();
                  }
                });

    network.connectTo(server).close();

    Optional<String> red = Optional.of("red");
    fixture.patience().until("the protocol must be notified of the end", () -> seen.size() == 2);
    Expect.equal("what a protocol sees", List.of(red, red), List.copyOf(seen));
  }

  /** Changes the context in one connection, and reads it in the next. */
  @Rule("9.18")
  @Hint("Copy the context for each connection.")
  void eachConnectionHasItsOwnContext() throws IOException {
    Queue<Optional<String>> seen = new ConcurrentLinkedQueue<>();
    Server server =
        serveIn(
            "red",
            () ->
                new ProbeProtocol(trace) {
                  @Override
                  public void connectionMade(Transport transport) {
                    seen.add(COLOUR.value());
                    Object ignored = COLOUR.set("changed");
                    super.connectionMade(transport);
                  }
                });

    List<Peer> peers = new ArrayList<>();
    for (int count = 1; count <= 2; count++) {
      int expected = count;
      peers.add(network.connectTo(server));
      fixture.patience().until("a connection must be made", () -> seen.size() == expected);
    }

    Expect.equal(
        "what the connections see",
        Collections.nCopies(peers.size(), Optional.of("red")),
        List.copyOf(seen));
  }

  /** Connects the reference loop, {@code nio}, to a server of the loop, and echoes text. */
  @Rule("9.19")
  @Hint("While the other rules hold: check behavior that plain sockets do not show.")
  void aServerTalksToAClientOfTheReferenceLoop() {
    EventLoop reference = fixture.openReferenceLoop();
    BackgroundLoop other = fixture.start(reference);
    ConnectOptions options = network.to(network.serve(EchoProtocol::new));
    ProbeProtocol client = new ProbeProtocol(trace);
    String text = String.join("", Collections.nCopies(10_000, "0123456789"));

    Transport transport =
        other.run(() -> reference.createConnection(() -> client, options).transport());
    other.perform(() -> transport.write(Network.bytes(text)));

    fixture
        .patience()
        .until("all text must come back", () -> client.received().length() >= text.length());
    Expect.that("what comes back must be what was sent", client.received().equals(text));
    other.perform(transport::close);
    fixture.patience().await("connectionLost must be called", client.lost());
  }

  private Server serveIn(String colour, Supplier<ProbeProtocol> factory) {
    return network.run(() -> {
      Object ignored = COLOUR.set(colour);
      return network.loop().createServer(factory, ANY_PORT);
    });
  }

  private ProbeProtocol make() {
    ProbeProtocol protocol = new ProbeProtocol(trace);
    protocols.add(protocol);
    return protocol;
  }

  private void untilReceived(String text) {
    fixture
        .patience()
        .until(
            "'%s' must be received".formatted(text),
            () -> protocols.stream().anyMatch(each -> each.received().equals(text)));
  }
}
