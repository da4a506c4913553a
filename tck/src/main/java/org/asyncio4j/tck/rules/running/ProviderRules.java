package org.asyncio4j.tck.rules.running;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;

/** Chapter 1, part one: the methods of a provider, and the loops that it opens. */
final class ProviderRules {

  private final LoopFixture fixture;

  ProviderRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Reads the provider's name twice. */
  @Rule("1.1")
  @Hint("Return a constant in lower case from `name()`.")
  void theNameIsInLowerCaseAndAlwaysTheSame() {
    EventLoopProvider provider = fixture.provider();

    String name = provider.name();

    Expect.that("the name of a provider must not be blank", !name.isBlank());
    Expect.equal("the name of a provider", name.toLowerCase(Locale.ROOT), name);
    Expect.equal("the name of a provider, asked again", name, provider.name());
  }

  /** Opens two loops. */
  @Rule("1.2")
  @Hint("Check for a loop that `open` keeps in a field.")
  void openReturnsANewIdleLoopAtEachCall() {
    EventLoop one = fixture.openLoop();
    EventLoop other = fixture.openLoop();

    Expect.that("two calls of open must return two loops", one != other);
    for (EventLoop loop : Set.of(one, other)) {
      Expect.that("a new loop must not be closed", !loop.isClosed());
      Expect.that("a new loop must not run", !loop.isRunning());
    }
  }

  /** Opens a loop in debug mode and one without, and changes both. */
  @Rule("1.27")
  @Hint("Pass the context's `debug` on to the loop.")
  void debugModeComesFromTheContextAndCanBeChanged() {
    for (boolean debug : new boolean[] {false, true}) {
      EventLoop loop = fixture.openLoop(fixture.context().withDebug(debug));

      Expect.equal("debug mode of a new loop", debug, loop.isDebug());
      loop.setDebug(!debug);
      Expect.equal("debug mode that was changed", !debug, loop.isDebug());
    }
  }

  /**
   * Uses capabilities that the provider does not declare. Does not apply to a loop that can
   * connect, serve and share ports.
   */
  @Rule("1.28")
  @Hint(
      "Check the capability before anything else, and throw `UnsupportedOperationException` with"
          + " its name.")
  void undeclaredCapabilitiesAreRefusedByName() {
    Set<Capability> lacking = EnumSet.allOf(Capability.class);
    lacking.removeAll(fixture.provider().capabilities());
    // Half-closing and sending files need a connection, and joining a group an endpoint, which only
    // the network chapters have.
    lacking.removeAll(
        Set.of(Capability.HALF_CLOSE, Capability.UDP_MULTICAST, Capability.SEND_FILE));
    if (lacking.isEmpty()) {
      throw fixture.notApplicable("the loop declares all capabilities");
    }

    lacking.forEach(this::expectRefusal);
  }

  private void expectRefusal(Capability capability) {
    if (!fixture.provider().capabilities().containsAll(prerequisites(capability))) {
      return;
    }
    UnsupportedOperationException refusal =
        fixture.run(() ->
            Expect.thrown(
                UnsupportedOperationException.class,
                "an operation that needs " + capability,
                () -> tryOut(capability)));
    Expect.mentions("the refusal", refusal.getMessage(), capability.name());
  }

  private static Set<Capability> prerequisites(Capability capability) {
    return switch (capability) {
      case REUSE_PORT, CONNECTION_LIMIT -> Set.of(Capability.TCP_SERVER);
      case TLS -> Set.of(Capability.TCP_CLIENT);
      case UNIX_ABSTRACT -> Set.of(Capability.UNIX_STREAM);
      case WATCHING -> Set.of(Capability.SOCKETS);
      default -> Set.of();
    };
  }

  private void tryOut(Capability capability) throws IOException {
    EventLoop loop = fixture.loop();
    ServerOptions options = ServerOptions.on("127.0.0.1", 0);
    switch (capability) {
      case TCP_CLIENT -> {
        ConnectOptions nobody = ConnectOptions.to("127.0.0.1", 9);
        loop.createConnection(ProviderRules::noProtocol, nobody).transport().abort();
      }
      case TCP_SERVER -> loop.createServer(ProviderRules::noProtocol, options).close();
      case REUSE_PORT ->
          loop.createServer(ProviderRules::noProtocol, options.withReusePort(true)).close();
      case CONNECTION_LIMIT ->
          loop.createServer(ProviderRules::noProtocol, options.withMaxConnections(1)).close();
      case UNIX_STREAM ->
          loop.createUnixServer(ProviderRules::noProtocol, Path.of("asyncio4j-tck")).close();
      case UNIX_ABSTRACT ->
          loop.createUnixServer(
                  ProviderRules::noProtocol, UnixServerOptions.onAbstract("asyncio4j-tck"))
              .close();
      case UDP ->
          loop.createDatagramEndpoint(
                  ProviderRules::noDatagrams, DatagramOptions.boundTo("127.0.0.1", 0))
              .transport()
              .abort();
      case TLS ->
          loop.createConnection(
                  ProviderRules::noProtocol,
                  ConnectOptions.to("127.0.0.1", 9).withTls(TlsOptions.defaults()))
              .transport()
              .abort();
      case UNIX_DATAGRAM ->
          loop.createUnixDatagramEndpoint(
                  ProviderRules::noDatagrams, UnixDatagramOptions.boundTo(Path.of("asyncio4j-tck")))
              .transport()
              .abort();
      case SOCKETS, WATCHING, WATCHING_CHANNELS, WATCHING_DESCRIPTORS -> trySockets(capability);
      case HALF_CLOSE, UDP_MULTICAST, SEND_FILE ->
          throw new IllegalArgumentException(capability + " takes a transport");
    }
  }

  private void trySockets(Capability capability) throws IOException {
    EventLoop loop = fixture.loop();
    switch (capability) {
      case SOCKETS -> loop.openSocket(StandardProtocolFamily.INET).close();
      case WATCHING -> {
        try (AsyncSocket socket = loop.openSocket(StandardProtocolFamily.INET)) {
          loop.addReader(Watchable.of(socket), () -> {}).cancel();
        }
      }
      case WATCHING_CHANNELS -> {
        try (DatagramChannel channel = DatagramChannel.open()) {
          loop.addReader(Watchable.of(channel.configureBlocking(false)), () -> {}).cancel();
        }
      }
      case WATCHING_DESCRIPTORS -> loop.addReader(Watchable.ofDescriptor(0), () -> {}).cancel();
      default -> throw new IllegalArgumentException(capability + " is not about sockets");
    }
  }

  private static StreamProtocol noProtocol() {
    throw new IllegalStateException("no connection must be made");
  }

  private static DatagramProtocol noDatagrams() {
    throw new IllegalStateException("no endpoint must be made");
  }
}
