package org.asyncio4j.tck.rules.clients;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.KitNames;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Loopback;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 8, part one: how a connection is established, or fails. */
@Requires(Capability.TCP_CLIENT)
final class ClientConnectRules {

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();
  private final ProbeProtocol protocol = new ProbeProtocol(trace);

  ClientConnectRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Connects and compares the result with the arguments that the protocol received. */
  @Rule("8.1")
  @Hint("Complete the waiter after `connectionMade`, and return the transport that the hook made.")
  void theConnectionIsMadeBeforeCreateConnectionReturns() throws IOException {
    ServerSocket peer = network.listen();

    Connection<ProbeProtocol> connection =
        network.run(() -> {
          Connection<ProbeProtocol> made =
              network.loop().createConnection(() -> protocol, Network.to(peer));
          trace.add("returned");
          return made;
        });

    trace.expect("the order of the events", "connectionMade", "returned");
    Expect.same("the protocol that is returned", protocol, connection.protocol());
    Expect.same("the transport that is returned", protocol.transport(), connection.transport());
  }

  /** Connects to an address where nothing listens, then to one with a listener. */
  @Rule("8.2")
  @Hint("Call the factory when the socket is connected, once.")
  void theProtocolIsMadeOnceAndOnlyWhenTheSocketIsConnected() throws IOException {
    ServerSocket peer = network.listen();
    ConnectOptions nowhere = nowhere();

    refused(nowhere);
    trace.expect("the calls of the factory without a listener");
    network.run(() -> network.loop().createConnection(this::make, Network.to(peer)));

    trace.expect("the calls of the factory", "factory", "connectionMade");
  }

  /** Connects to an address where nothing listens. */
  @Rule("8.3")
  @Hint("Throw the system's error as `ConnectException`, with the address.")
  void aRefusedConnectionNamesTheAddress() throws IOException {
    ConnectOptions nowhere = nowhere();

    IOException failure = refused(nowhere);

    Expect.that(
        "a refused connection must throw ConnectException, not " + failure,
        failure instanceof ConnectException);
    Expect.mentions("the refusal", failure.getMessage(), Network.HOST + ":" + nowhere.port());
  }

  /**
   * Connects to a name with two addresses, of which only the second accepts connections. The kit
   * defines the name; does not apply if the application has its own resolver.
   */
  @Rule("8.4")
  @Hint("Continue with the next address when one fails.")
  void eachAddressOfAHostIsTriedInTurn() throws IOException {
    requireKitNames();
    ServerSocket peer = network.listen();
    ConnectOptions options = ConnectOptions.to(KitNames.SEVERAL, peer.getLocalPort());

    Transport transport =
        network.run(() -> network.loop().createConnection(() -> protocol, options).transport());
    Peer accepted = network.accept(peer);
    network.perform(() -> transport.write(Network.bytes("hello")));

    accepted.expectText("hello");
  }

  /** Connects to a name with two addresses, neither of which accepts connections. */
  @Rule("8.5")
  @Hint("Throw the first failure, with the others as suppressed exceptions.")
  void theFailureOfEachAddressIsReported() throws IOException {
    requireKitNames();
    ConnectOptions nowhere = nowhere();

    IOException failure = refused(ConnectOptions.to(KitNames.SEVERAL, nowhere.port()));

    Expect.equal("the number of suppressed failures", 1, failure.getSuppressed().length);
    Expect.mentions(
        "the last failure",
        failure.getSuppressed()[0].getMessage(),
        Network.HOST + ":" + nowhere.port());
  }

  /** Connects from a given port. */
  @Rule("8.6")
  @Hint("Bind the socket to the local address before it connects.")
  @Direct("the peer looks at the address of the loop's end")
  void theLocalAddressIsUsed() throws IOException {
    ServerSocket peer = network.listen();
    InetSocketAddress local = Loopback.unusedAddress();

    Transport transport =
        network.run(() ->
            network
                .loop()
                .createConnection(() -> protocol, Network.to(peer).withLocalAddress(local))
                .transport());

    Expect.equal(
        "the peer's address", local, network.accept(peer).socket().getRemoteSocketAddress());
    network.perform(transport::abort);
  }

  /** Connects from an address that is taken. */
  @Rule("8.7")
  @Hint("Throw `BindException` with the local address, before connecting.")
  void aLocalAddressThatCannotBeBoundIsNamed() throws IOException {
    ServerSocket peer = network.listen();
    ServerSocket taken = network.listen();
    InetSocketAddress local = (InetSocketAddress) taken.getLocalSocketAddress();

    IOException failure = refused(Network.to(peer).withLocalAddress(local));

    Expect.that(
        "a local address that is taken must throw BindException, not " + failure,
        failure instanceof BindException);
    Expect.mentions("the refusal", failure.getMessage(), Network.HOST + ":" + local.getPort());
    trace.expect("the calls of the factory");
  }

  /** Connects to an address of IPv4 from one of IPv6. */
  @Rule("8.8")
  @Hint("Leave out the addresses that are not of the local address's family.")
  void anAddressOfAnotherFamilyThanTheLocalOneIsNotTried() throws IOException {
    ServerSocket peer = network.listen();
    HookLog hooks = HookLog.of(network.loop());
    InetSocketAddress local = new InetSocketAddress(Loopback.ipv6(), 0);

    IOException failure = refused(Network.to(peer).withLocalAddress(local));

    Expect.mentions("the refusal", failure.getMessage(), "localAddress");
    Expect.equal("the hooks that were called", List.of(), hooks.names());
  }

  /** Connects to a literal address, with a callback that would run if the task suspended. */
  @Rule("8.9")
  @Hint("Recognize literal addresses before anything is resolved.")
  void aLiteralAddressIsNotResolved() throws IOException {
    ServerSocket peer = network.listen();
    EventLoop loop = network.loop();
    HookLog.observe(loop, call -> note(call.hook()));

    network.run(() -> {
      loop.callSoon(trace.adding("suspended"));
      return loop.createConnection(() -> protocol, Network.to(peer));
    });

    Expect.equal(
        "what happens first", List.of("connectSocket", "suspended"), trace.events().subList(0, 2));
  }

  /** Connects to a name that does not exist. */
  @Rule("8.10")
  @Hint("Pass the resolver's exception on, with the name.")
  void anUnknownHostIsNamed() {
    IOException failure = refused(ConnectOptions.to(KitNames.UNKNOWN, 9));

    Expect.that(
        "an unknown host must throw UnknownHostException, not " + failure,
        failure instanceof UnknownHostException);
    Expect.mentions("the refusal", failure.getMessage(), KitNames.UNKNOWN);
    trace.expect("the calls of the factory");
  }

  /** Connects from a callback and from a foreign thread. */
  @Rule("8.11")
  @Hint("Check for the current task before a socket is opened.")
  void createConnectionNeedsATask() throws IOException {
    ServerSocket peer = network.listen();
    HookLog hooks = HookLog.of(network.loop());
    EventLoop loop = network.loop();
    List<IllegalStateException> refusals =
        List.of(
            network.call(() -> refusal(loop, "a callback", peer)),
            refusal(loop, "a foreign thread", peer));

    for (IllegalStateException refusal : refusals) {
      Expect.mentions("the refusal", refusal.getMessage(), "task");
    }
    Expect.equal("the hooks that were called", List.of(), hooks.names());
    trace.expect("the calls of the factory");
  }

  private IllegalStateException refusal(EventLoop loop, String where, ServerSocket peer) {
    return Expect.thrown(
        IllegalStateException.class,
        "createConnection in " + where,
        () -> loop.createConnection(this::make, Network.to(peer)));
  }

  private IOException refused(ConnectOptions options) {
    return network.run(() ->
        Expect.thrown(
            IOException.class,
            "a connect that cannot succeed",
            () -> network.loop().createConnection(this::make, options)));
  }

  private ProbeProtocol make() {
    trace.add("factory");
    return protocol;
  }

  private void note(String hook) {
    if (!HookLog.isOfEachTick(hook)) {
      trace.add(hook);
    }
  }

  private void requireKitNames() {
    Optional<String> obstacle = KitNames.obstacle();
    if (obstacle.isPresent()) {
      throw fixture.notApplicable(obstacle.get());
    }
  }

  private static ConnectOptions nowhere() throws IOException {
    return ConnectOptions.to(Network.HOST, Loopback.unusedAddress().getPort());
  }
}
