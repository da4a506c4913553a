package org.asyncio4j.tck.rules.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Guests;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Loopback;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.Polls;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.probe.TlsPeer;

/** Chapter 9, part six: servers with a limit of connections. */
@Requires({Capability.TCP_SERVER, Capability.CONNECTION_LIMIT})
final class ServerLimitRules {

  private static final int LIMIT = 2;
  private static final int MANY_POLLS = 50;
  private static final ServerOptions PLACE = ServerOptions.on(Network.HOST, 0);

  private final LoopFixture fixture;
  private final Network network;
  private final Guests guests = new Guests();
  private final Deque<Peer> peers = new ArrayDeque<>(); // those that wait come last

  ServerLimitRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Connects more clients than are allowed to each address of a server before the loop accepts, and
   * ends the connections one after the other.
   */
  @Rule("9.37")
  @Hint(
      "Accept nothing between `pauseServing` and `resumeServing`, from no listener, not even the"
          + " rest of a batch, and do not watch listeners while paused.")
  void aServerAcceptsNoMoreThanItsLimit() throws IOException {
    List<String> hosts = Loopback.hasIpv6() ? List.of(Network.HOST, "::1") : List.of(Network.HOST);
    ServerOptions options = PLACE.withHosts(hosts).withMaxConnections(LIMIT);
    Server server = network.serve(guests::add, options);
    List<TransportSocket> listeners = network.call(server::sockets);
    network.running().close();
    int clients = 0;
    for (int round = 0; round < 3; round++) {
      for (TransportSocket listener : listeners) {
        Peer ignored = network.connectTo((InetSocketAddress) listener.localAddress());
        clients++;
      }
    }

    BackgroundLoop running = fixture.start(network.loop());

    untilServed(Math.min(LIMIT, clients));
    new Polls(fixture).expectFewerThan(MANY_POLLS, "while clients wait for a place");
    Expect.equal("the connections at the limit", Math.min(LIMIT, clients), guests.served());
    for (int ended = 1; ended <= clients; ended++) {
      ProbeProtocol next = guests.next();
      running.perform(() -> next.transport().close());
      untilServed(Math.min(LIMIT + ended, clients));
    }
    Expect.equal("the most connections at a time", Math.min(LIMIT, clients), guests.most());
    Peer late = network.connectTo((InetSocketAddress) listeners.getFirst().localAddress());
    untilServed(clients + 1);
    late.send("x");
  }

  /** Ends connections in every way, twice, while others wait for their places. */
  @Rule("9.38")
  @Hint("Detach each transport from its owner once, when its socket is closed.")
  void eachConnectionFreesItsPlaceOnce() throws IOException {
    Server server = network.serve(guests::add, PLACE.withMaxConnections(LIMIT));
    peers.add(network.connectTo(server));
    untilServed(1);
    ProbeProtocol resident = guests.next();
    int served = 2;
    for (int round = 0; round < 2; round++) {
      for (Ending ending : endings()) {
        while (peers.size() < 4) { // the resident, the one to end, and two that wait
          peers.add(network.connectTo(server));
        }
        untilServed(served);
        Peer first = peers.removeFirst();
        ending.end(peers.removeFirst(), guests.next());
        peers.addFirst(first);
        served++;
      }
    }
    untilServed(served);

    Expect.equal("the most connections at a time", LIMIT, guests.most());
    Expect.equal("the end of the other connection", 1L, resident.lost().getCount());
  }

  private List<Ending> endings() {
    List<Ending> endings = new ArrayList<>();
    endings.add((peer, protocol) -> peer.close());
    endings.add((peer, protocol) -> peer.reset());
    endings.add((peer, protocol) -> network.perform(protocol.transport()::close));
    endings.add((peer, protocol) -> network.perform(protocol.transport()::abort));
    endings.add(this::endByAFaultOfTheProtocol);
    endings.add(this::endAndFailTheNext);
    if (fixture.provider().capabilities().contains(Capability.TLS)) {
      endings.add(this::endByStartTls);
    }
    return endings;
  }

  private void endByAFaultOfTheProtocol(Peer peer, ProbeProtocol protocol) throws IOException {
    peer.send("throw");
    peer.expectClosed("a connection whose protocol throws");
    ErrorReport ignored = fixture.takeReport("a protocol that throws");
  }

  private void endAndFailTheNext(Peer peer, ProbeProtocol protocol) throws IOException {
    guests.refuseNext();
    peer.close();
    peers.removeFirst().expectClosed("a connection without a protocol");
    network.perform(() -> {}); // it is reported after the end
    ErrorReport ignored = fixture.takeReport("a factory that throws");
  }

  private void endByStartTls(Peer peer, ProbeProtocol protocol) throws IOException {
    ProbeProtocol fresh = new ProbeProtocol();
    EventLoop loop = network.loop();
    Task<Transport> starting =
        network.call(() ->
            loop.createTask(() ->
                loop.startTls(protocol.transport(), fresh, TlsLinks.serving(), TlsRole.SERVER)));
    network.perform(() -> {}); // its handshake has begun by then
    peer.send("no TLS");
    network.runTask(() -> Expect.thrown(IOException.class, "startTls", starting::await));
  }

  /** Makes a client send nothing, or fail in its handshake, while another waits for its place. */
  @Rule("9.39")
  @Hint("Attach a TLS transport to its owner when it is made, not when the handshake is done.")
  @Requires(Capability.TLS)
  void connectionsInTheHandshakeCount() throws IOException {
    ServerOptions options = PLACE.withTls(TlsLinks.serving()).withMaxConnections(1);
    Server server = network.serve(EchoProtocol::new, options);
    List<PeerEnding> endings =
        List.of(
            Peer::close,
            Peer::reset,
            peer -> peer.send("no TLS at all"),
            peer -> network.perform(server::abortClients));
    HookLog hooks = HookLog.of(network.loop());
    int accepted = 0;
    for (PeerEnding ending : endings) {
      Peer stalled = network.connectTo(server);
      int expected = accepted + 1;
      fixture
          .patience()
          .until(
              "a client must be accepted",
              () -> hooks.callsOf("makeTlsTransport").size() == expected);
      Peer waiting = network.connectTo(server);
      TlsPeer good = new TlsPeer(waiting.socket());
      waiting.send(good.hello());
      fixture
          .patience()
          .during("a client must wait while another shakes hands", () -> isSilent(waiting));

      ending.end(stalled);

      good.shakeHands(Network.bytes("hello"));
      Expect.equal("what comes back", "hello", good.read(5));
      waiting.close();
      accepted += 2;
    }
  }

  private static boolean isSilent(Peer peer) {
    try {
      return peer.socket().getInputStream().available() == 0;
    } catch (IOException ended) {
      return false;
    }
  }

  private void untilServed(int count) {
    guests.untilServed(count, fixture.patience());
  }

  /** Ends a connection. */
  private interface Ending {
    void end(Peer peer, ProbeProtocol protocol) throws IOException;
  }

  /** Ends a connection from the client's side. */
  private interface PeerEnding {
    void end(Peer peer) throws IOException;
  }
}
