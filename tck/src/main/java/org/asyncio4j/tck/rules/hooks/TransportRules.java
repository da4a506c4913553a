package org.asyncio4j.tck.rules.hooks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.tck.kit.Direct;
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
import org.jspecify.annotations.Nullable;

/** Chapter 7, part two: properties of every transport. */
final class TransportRules {

  private static final ContextVar<String> COLOUR = ContextVar.named("colour");

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();
  private final ProbeProtocol protocol = new ProbeProtocol(trace);

  TransportRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Closes all clients of a server in the callback after the one that accepts. */
  @Rule("7.9")
  @Hint("Call `attach` of the owner before `makeSocketTransport` returns.")
  @Requires(Capability.TCP_SERVER)
  void aTransportIsAttachedToItsOwnerAtOnce() throws IOException {
    AtomicReference<@Nullable Server> server = new AtomicReference<>();
    server.set(
        network.serve(() -> {
          network.loop().callSoon(() -> closeClients(server));
          return protocol;
        }));

    Peer peer = network.connectTo(fixtureServer(server));

    peer.expectClosed("a connection of a server whose clients are closed");
    fixture.patience().await("connectionLost must be called", protocol.lost());
    trace.expect("the calls of the protocol", "connectionMade", "connectionLost");
  }

  /** Waits for the end of a server whose last connection ends. */
  @Rule("7.10")
  @Hint("Call `detach` of the owner last, after `connectionLost` and after the socket was closed.")
  @Requires(Capability.TCP_SERVER)
  void aTransportIsDetachedAfterItsEnd() throws IOException {
    HookLog hooks = HookLog.of(network.loop());
    Server server = network.serve(() -> protocol);
    Peer peer = network.connectTo(server);
    fixture.patience().await("a connection must be made", protocol.made());
    network.perform(server::close);
    SocketHandle socket =
        hooks.requests("makeSocketTransport", SocketTransportRequest.class).getFirst().socket();
    Task<Boolean> waiting =
        network.call(() ->
            network
                .loop()
                .createTask(() -> {
                  server.waitClosed();
                  trace.add(socket.isOpen() ? "detached too early" : "detached");
                  return true;
                }));

    peer.close();

    boolean ignored = network.run(waiting::await);
    trace.expect(
        "the order of the events", "connectionMade", "eofReceived", "connectionLost", "detached");
  }

  /** Reads the extra info of transports of both kinds. */
  @Rule("7.11")
  @Hint("Read the addresses when the transport is made.")
  @Direct("compares the addresses of both ends")
  @Requires({Capability.TCP_CLIENT, Capability.TCP_SERVER})
  void aTransportHasItsSocketAndAddresses() throws IOException {
    ServerSocket listener = network.listen();
    Transport client = network.connect(listener, new ProbeProtocol());
    expectAddresses(client, network.accept(listener));
    Server server = network.serve(() -> protocol);

    Peer peer = network.connectTo(server);
    fixture.patience().await("a connection must be made", protocol.made());

    expectAddresses(protocol.transport(), peer);
    ExtraInfo<String> unknown = new ExtraInfo<>("favourite colour", String.class);
    Expect.equal("the value of an unknown key", Optional.empty(), extra(client, unknown));
  }

  /** Reads the options of sockets of both kinds. */
  @Rule("7.12")
  @Hint("Set `TCP_NODELAY` when the transport is made.")
  @Requires({Capability.TCP_CLIENT, Capability.TCP_SERVER})
  void aTransportSendsWithoutDelay() throws IOException {
    Server server = network.serve(() -> protocol);
    Peer _ = network.connectTo(server);
    fixture.patience().await("a connection must be made", protocol.made());
    Transport client = network.connect(network.listen(), new ProbeProtocol());

    for (Transport transport : List.of(client, protocol.transport())) {
      TransportSocket socket = extra(transport, ExtraInfo.SOCKET).orElseThrow();
      boolean noDelay = network.call(() -> socket.option(StandardSocketOptions.TCP_NODELAY));
      Expect.that("TCP_NODELAY must be set", noDelay);
    }
  }

  /** Connects in a context, and reads it in each method of the protocol. */
  @Rule("7.13")
  @Hint("Call the protocol in the context of the request itself.")
  @Requires(Capability.TCP_CLIENT)
  void aProtocolRunsInTheContextOfItsCreator() throws IOException {
    ServerSocket listener = network.listen();
    EventLoop loop = network.loop();
    Looking looking = new Looking(trace);

    network.run(() -> {
      Object ignored = COLOUR.set("red");
      return loop.createConnection(() -> looking, Network.to(listener));
    });
    Peer peer = network.accept(listener);
    peer.send("x");
    fixture.patience().until("data must arrive", () -> looking.received().equals("x"));
    peer.close();

    fixture.patience().await("connectionLost must be called", looking.lost());
    Expect.equal(
        "what the protocol sees",
        List.of("red", "changed", "changed", "changed"),
        List.copyOf(looking.seen));
  }

  private void expectAddresses(Transport transport, Peer peer) {
    SocketAddress here =
        new InetSocketAddress(peer.socket().getInetAddress(), peer.socket().getPort());
    SocketAddress there =
        new InetSocketAddress(peer.socket().getLocalAddress(), peer.socket().getLocalPort());
    Expect.equal("the local address", Optional.of(here), extra(transport, ExtraInfo.SOCKNAME));
    Expect.equal("the peer's address", Optional.of(there), extra(transport, ExtraInfo.PEERNAME));
    TransportSocket socket = extra(transport, ExtraInfo.SOCKET).orElseThrow();
    Expect.equal("the local address of the socket", here, socket.localAddress());
    Expect.equal("the peer of the socket", Optional.of(there), socket.remoteAddress());
    Expect.that(
        "the socket of a transport must not be AutoCloseable", !(socket instanceof AutoCloseable));
  }

  private <T> Optional<T> extra(Transport transport, ExtraInfo<T> key) {
    return network.call(() -> transport.extraInfo(key));
  }

  private Server fixtureServer(AtomicReference<@Nullable Server> server) {
    Server found = server.get();
    if (found == null) {
      throw new IllegalStateException("the server must have been created");
    }
    return found;
  }

  private static void closeClients(AtomicReference<@Nullable Server> server) {
    Server found = server.get();
    if (found != null) {
      found.closeClients();
    }
  }

  /** Records what it sees of the context, and changes it once. */
  private static final class Looking extends ProbeProtocol {

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    Looking(Trace trace) {
      super(trace);
    }

    @Override
    public void connectionMade(Transport transport) {
      look();
      Object ignored = COLOUR.set("changed");
      super.connectionMade(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      look();
      super.dataReceived(data);
    }

    @Override
    public boolean eofReceived() {
      look();
      return super.eofReceived();
    }

    @Override
    public void connectionLost(@Nullable Throwable exception) {
      look();
      super.connectionLost(exception);
    }

    private void look() {
      seen.add(COLOUR.value().orElse("nothing"));
    }
  }
}
