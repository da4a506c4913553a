package org.asyncio4j.tck.rules.servers;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.List;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Loopback;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 9, part one: the listening sockets of a server. */
@Requires(Capability.TCP_SERVER)
final class ServerListenRules {

  private static final ServerOptions ANY_PORT = ServerOptions.on(Network.HOST, 0);

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();

  ServerListenRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Serves on port 0 and connects to the port that {@code sockets} names. */
  @Rule("9.1")
  @Hint("Read the address from the socket after it was bound.")
  void theSystemChoosesAPortAndTheSocketsReportIt() throws IOException {
    Server server = network.serve(this::make);

    Expect.that("a server must serve by default", serves(server));
    InetSocketAddress address = network.addressOf(server);
    Expect.that("the port of a server must not be 0", address.getPort() != 0);
    expectService(network.connectTo(address), 1);
  }

  /** Serves on all interfaces, and connects over IPv4 and, if available, IPv6. */
  @Rule("9.2")
  @Hint("Let the IPv6 wildcard take connections of both families, or bind both.")
  void noHostMeansAllInterfacesOfBothFamilies() throws IOException {
    Server server = network.serve(this::make, ServerOptions.onAllInterfaces(0));
    int port = network.addressOf(server).getPort();

    expectService(network.connectTo(Network.endpoint(port)), 1);
    if (Loopback.hasIpv6()) {
      expectService(network.connectTo(new InetSocketAddress(Loopback.ipv6(), port)), 2);
    }
  }

  /** Names the same address twice. */
  @Rule("9.3")
  @Hint("Collect the addresses in a set before the first is bound.")
  void anAddressThatIsNamedTwiceIsBoundOnce() throws IOException {
    int port = Loopback.unusedAddress().getPort();
    ServerOptions twice =
        ServerOptions.on(Network.HOST, port).withHosts(List.of(Network.HOST, Network.HOST));

    Server server = network.serve(this::make, twice);

    Expect.equal("the address of the server", port, network.addressOf(server).getPort());
    expectService(network.connectTo(server), 1);
  }

  /** Creates a server that is to start later, starts it, and starts it again. */
  @Rule("9.4")
  @Hint("Call the hook `startServing` in `Server.startServing`, once.")
  void aServerAcceptsNothingBeforeItIsStarted() throws IOException {
    Server server = network.serve(this::make, ANY_PORT.withStartServing(false));
    InetSocketAddress address = network.addressOf(server);

    Expect.that("a server that was not started must not serve", !serves(server));
    try (Socket early = new Socket()) {
      early.connect(address, 1_000);
      network.perform(() -> {});
    } catch (IOException refused) {
      trace.expect("the calls of the factory before the start");
    }
    fixture
        .patience()
        .during("nothing must be accepted before the start", () -> trace.events().isEmpty());

    network.runTask(server::startServing);
    network.runTask(server::startServing);
    Expect.that("a server that was started must serve", serves(server));
    network.connectTo(address).send("x");
    fixture
        .patience()
        .until(
            "a connection must be made after the start",
            () -> trace.events().contains("dataReceived"));
  }

  /** Serves on an address that is in use. */
  @Rule("9.5")
  @Hint("Throw `BindException` with the address.")
  void anAddressInUseIsNamed() throws IOException {
    ServerSocket taken = network.listen();

    BindException failure = refused(ServerOptions.on(Network.HOST, taken.getLocalPort()));

    Expect.mentions("the refusal", failure.getMessage(), Network.HOST + ":" + taken.getLocalPort());
  }

  /**
   * Serves on two addresses the second of which is in use, then binds the first again. Does not
   * apply without IPv6.
   */
  @Rule("9.6")
  @Hint("Close the sockets that were bound when a bind fails.")
  void aServerThatCannotBeCreatedLeavesNoSocket() throws IOException {
    if (!Loopback.hasIpv6()) {
      throw fixture.notApplicable("the second address is one of IPv6, which is not here");
    }
    ServerSocket taken = network.listen();
    int port = taken.getLocalPort();
    ServerOptions options = ServerOptions.on("::1", port).withHosts(List.of("::1", Network.HOST));

    BindException failure = refused(options);

    Expect.mentions("the refusal", failure.getMessage(), Network.HOST + ":" + port);
    fixture.closing(new ServerSocket(port, 1, Loopback.ipv6()));
  }

  /** Checks that a socket of {@code sockets} cannot be closed. */
  @Rule("9.7")
  @Hint("Return views that have only addresses and options.")
  void theSocketsOfAServerCannotBeClosedByItsUser() throws IOException {
    Server server = network.serve(this::make);

    TransportSocket socket = network.call(() -> server.sockets().getFirst());

    Expect.that(
        "a socket of a server must not be AutoCloseable but was " + socket.getClass(),
        !(socket instanceof AutoCloseable));
    Expect.thrown(
        UnsupportedOperationException.class,
        "changing the list of sockets",
        () -> network.call(server::sockets).clear());
    expectService(network.connectTo(server), 1);
  }

  /** Serves with {@code reuseAddress} and without. */
  @Rule("9.8")
  @Hint("Set `SO_REUSEADDR` as the option says, in both cases.")
  void reuseAddressIsSetFromTheOptions() {
    for (boolean reuse : new boolean[] {true, false}) {
      Server server = network.serve(this::make, ANY_PORT.withReuseAddress(reuse));

      boolean found =
          network.call(
              () -> server.sockets().getFirst().option(StandardSocketOptions.SO_REUSEADDR));

      Expect.equal("SO_REUSEADDR of a listening socket", reuse, found);
    }
  }

  /** Serves twice on a port, with {@code reusePort} and without. */
  @Rule("9.9")
  @Hint("Set `SO_REUSEPORT` before the socket is bound, if asked to.")
  @Requires(Capability.REUSE_PORT)
  void aPortIsSharedIfBothServersSetReusePort() {
    Server one = network.serve(this::make, ANY_PORT.withReusePort(true));
    int port = network.addressOf(one).getPort();

    Server other =
        network.serve(this::make, ServerOptions.on(Network.HOST, port).withReusePort(true));
    Expect.equal("the port of the second server", port, network.addressOf(other).getPort());

    Server alone = network.serve(this::make);
    BindException _ = refused(ServerOptions.on(Network.HOST, network.addressOf(alone).getPort()));
  }

  /** Creates a server in a callback and from a foreign thread. */
  @Rule("9.10")
  @Hint("Check for the current task before a socket is opened.")
  void createServerNeedsATask() {
    EventLoop loop = network.loop();
    HookLog hooks = HookLog.of(loop);
    List<IllegalStateException> refusals =
        List.of(network.call(() -> refusal(loop, "a callback")), refusal(loop, "a foreign thread"));

    for (IllegalStateException refusal : refusals) {
      Expect.mentions("the refusal", refusal.getMessage(), "task");
    }
    Expect.equal("the hooks that were called", List.of(), hooks.names());
  }

  /** Serves on an address that is not one of this machine. */
  @Rule("9.11")
  @Hint("Throw the system's error, with the address; leave nothing open.")
  void anAddressOfAnotherMachineIsRefusedByName() throws IOException {
    String foreign = InetAddress.ofLiteral("192.0.2.1").getHostAddress();

    BindException failure = refused(ServerOptions.on(foreign, 0));

    Expect.mentions("the refusal", failure.getMessage(), foreign);
  }

  private IllegalStateException refusal(EventLoop loop, String where) {
    return Expect.thrown(
        IllegalStateException.class,
        "createServer in " + where,
        () -> loop.createServer(this::make, ANY_PORT).close());
  }

  private BindException refused(ServerOptions options) {
    return network.run(() ->
        Expect.thrown(
            BindException.class,
            "createServer that cannot bind",
            () -> network.loop().createServer(this::make, options).close()));
  }

  private boolean serves(Server server) {
    return network.call(server::isServing);
  }

  private ProbeProtocol make() {
    return new ProbeProtocol(trace);
  }

  private void expectService(Peer peer, int connections) throws IOException {
    peer.send("x");
    fixture
        .patience()
        .until(
            "connection number %d must be accepted".formatted(connections),
            () -> trace.events().stream().filter("dataReceived"::equals).count() == connections);
  }
}
