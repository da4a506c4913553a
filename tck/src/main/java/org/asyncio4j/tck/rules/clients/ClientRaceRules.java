package org.asyncio4j.tck.rules.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.NameResolution;
import org.asyncio4j.net.options.Resolver;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Loopback;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.OpenDescriptors;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.Polls;
import org.asyncio4j.tck.probe.ProbeProtocol;

/** Chapter 8, part three: hosts with several addresses, and resolvers. */
@Requires(Capability.TCP_CLIENT)
final class ClientRaceRules {

  private static final String HOST = "host.example";
  private static final int FULL_AFTER_MILLIS = 100;
  private static final int MANY = 32;
  private static final int ATTEMPTS = 10;

  private final LoopFixture fixture;
  private final Network network;
  private final ProbeProtocol protocol = new ProbeProtocol();

  ClientRaceRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Connects to a host whose first address does not respond, because its backlog is full. Does not
   * apply without IPv6, or if the system refuses connections that do not fit.
   */
  @Rule("8.20")
  @Hint("Try the next address when the delay has passed.")
  void anUnresponsiveAddressDoesNotDelayOthers() throws IOException {
    if (!Loopback.hasIpv6()) {
      throw fixture.notApplicable("the unresponsive address is an IPv6 address");
    }
    ServerSocket peer = network.listen();
    InetSocketAddress silent = new InetSocketAddress(Loopback.ipv6(), peer.getLocalPort());
    makeSilent(silent);
    ConnectOptions options =
        ConnectOptions.to(HOST, peer.getLocalPort())
            .withHappyEyeballsDelay(Duration.ofMillis(10))
            .withNameResolution(
                resolving(
                    host -> List.of(silent.getAddress(), InetAddress.ofLiteral(Network.HOST))));

    Transport transport = connect(options);
    Peer accepted = network.accept(peer);
    network.perform(() -> transport.write(Network.bytes("hello")));

    accepted.expectText("hello");
  }

  /** Connects to a host with two addresses of IPv4 and one of IPv6, none of which responds. */
  @Rule("8.21")
  @Hint("Regroup the addresses by family before they are tried.")
  void addressFamiliesAlternate() throws IOException {
    int port = Loopback.unusedAddress().getPort();
    InetAddress one = InetAddress.ofLiteral("127.0.0.1");
    InetAddress two = InetAddress.ofLiteral("127.0.0.3");
    ConnectOptions options =
        ConnectOptions.to(HOST, port)
            .withNameResolution(resolving(host -> List.of(one, two, Loopback.ipv6())));
    HookLog hooks = HookLog.of(network.loop());

    refused(options);

    Expect.equal(
        "the order of the addresses",
        List.of(one, Loopback.ipv6(), two),
        hooks.requests("connectSocket", ConnectSocketRequest.class).stream()
            .map(request -> ((InetSocketAddress) request.remote()).getAddress())
            .toList());
  }

  /** Connects to a host that cannot be resolved in time, and to another in the meantime. */
  @Rule("8.22")
  @Hint("Fail when the time limit has passed, and do not wait for the lookup.")
  void aSlowNameServiceTimesOut() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    fixture.onClose(end::countDown);
    Resolver slow =
        host -> {
          awaitQuietly(end);
          return List.of(InetAddress.ofLiteral(Network.HOST));
        };
    ServerSocket peer = network.listen();
    ConnectOptions options =
        ConnectOptions.to(HOST, peer.getLocalPort())
            .withNameResolution(resolving(slow).withTimeLimit(Duration.ofMillis(50)));

    IOException failure = refused(options);
    Transport transport = connect(Network.to(peer));

    Expect.mentions("the failure", failure.getMessage(), HOST);
    network.perform(transport::close);
  }

  /**
   * Connects to a host that only a resolver of the application knows: set in the options, then in
   * the loop.
   */
  @Rule("8.23")
  @Hint("Call the resolver of the options, or otherwise that of the loop.")
  void theApplicationMaySetAResolver() throws IOException {
    ServerSocket peer = network.listen();
    NameResolution own = resolving(host -> List.of(InetAddress.ofLiteral(Network.HOST)));
    ConnectOptions options = ConnectOptions.to(HOST, peer.getLocalPort());

    Transport first = connect(options.withNameResolution(own));
    Peer _ = network.accept(peer);
    network.perform(() -> network.loop().setNameResolution(own));
    Transport second = connect(options);
    Peer _ = network.accept(peer);

    network.perform(first::close);
    network.perform(second::close);
  }

  /**
   * Resolves a name, a literal address, an unknown name, and a name that cannot be resolved in
   * time.
   */
  @Rule("8.24")
  @Hint("Call the resolver of the loop, for names only, and keep its time limit.")
  void resolveFindsTheAddressesOfAHost() {
    List<InetAddress> known =
        List.of(InetAddress.ofLiteral("127.0.0.3"), InetAddress.ofLiteral("127.0.0.1"));
    List<String> asked = new CopyOnWriteArrayList<>();
    CountDownLatch end = new CountDownLatch(1);
    fixture.onClose(end::countDown);
    Resolver resolver =
        host -> {
          asked.add(host);
          if (host.equals("slow.example")) {
            awaitQuietly(end);
          }
          if (!host.equals(HOST)) {
            throw new UnknownHostException(host);
          }
          return known;
        };
    EventLoop loop = network.loop();
    network.perform(
        () -> loop.setNameResolution(resolving(resolver).withTimeLimit(Duration.ofMillis(200))));

    Expect.equal("the addresses of a name", known, network.run(() -> loop.resolve(HOST)));
    Expect.equal(
        "the address of a literal",
        List.of(known.getLast()),
        network.run(() -> loop.resolve(Network.HOST)));
    Expect.equal("what the resolver was asked for", List.of(HOST), asked);
    expectUnresolved(UnknownHostException.class, "unknown.example");
    expectUnresolved(IOException.class, "slow.example");
    IllegalStateException refusal =
        Expect.thrown(
            IllegalStateException.class, "resolve without a task", () -> loop.resolve(HOST));
    Expect.mentions("the refusal", refusal.getMessage(), "task");
  }

  /**
   * Cancels connects to an address that does not respond, because its backlog is full. Does not
   * apply if the system refuses connections that do not fit, or does not report open descriptors.
   */
  @Rule("8.25")
  @Hint("Close the descriptor when the socket is closed, also if the connect is under way.")
  void aCancelledConnectReleasesItsDescriptor() throws IOException {
    EventLoop loop = network.loop();
    InetSocketAddress silent = Loopback.unusedAddress();
    makeSilent(silent);
    network.settle(1);
    OpenDescriptors descriptors = new OpenDescriptors(fixture);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Task<?> connecting =
          network.call(() ->
              loop.createTask(
                  () -> loop.createConnection(() -> protocol, Network.HOST, silent.getPort())));
      network.settle(2);
      network.perform(Polls::outlastLastPoll);
      network.settle(2);

      network.perform(connecting::cancel);
      fixture.patience().until("a connect must end", () -> network.call(connecting::isDone));
      Expect.that("a connect must be cancelled", network.call(connecting::isCancelled));
    }

    descriptors.expectRelease("connects that were cancelled");
  }

  private void expectUnresolved(Class<? extends IOException> type, String host) {
    IOException failure =
        network.run(
            () -> Expect.thrown(type, "resolve of " + host, () -> network.loop().resolve(host)));
    Expect.mentions("the failure", failure.getMessage(), host);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void makeSilent(InetSocketAddress address) throws IOException {
    ServerSocket _ = fixture.closing(new ServerSocket(address.getPort(), 1, address.getAddress()));
    for (int filler = 0; filler < MANY; filler++) {
      Socket socket = fixture.closing(new Socket());
      try {
        socket.connect(address, FULL_AFTER_MILLIS);
      } catch (SocketTimeoutException full) {
        return;
      } catch (IOException refused) {
        throw fixture.notApplicable("the system refuses connections that do not fit a backlog");
      }
    }
    throw fixture.notApplicable("the system has backlogs that cannot be filled");
  }

  private static NameResolution resolving(Resolver resolver) {
    return NameResolution.defaults().withResolver(resolver);
  }

  private Transport connect(ConnectOptions options) {
    return network.run(() -> network.loop().createConnection(() -> protocol, options).transport());
  }

  private IOException refused(ConnectOptions options) {
    return network.run(() ->
        Expect.thrown(
            IOException.class,
            "a connect that cannot succeed",
            () -> network.loop().createConnection(() -> protocol, options)));
  }
}
