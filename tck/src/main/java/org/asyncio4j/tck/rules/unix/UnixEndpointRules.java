package org.asyncio4j.tck.rules.unix;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.DatagramProbe;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.UnixDatagrams;

/** Chapter 19, part three: how endpoints of Unix datagrams are made and end, and their files. */
@Requires(Capability.UNIX_DATAGRAM)
final class UnixEndpointRules {

  private static final String MAKE = "makeDatagramTransport";
  private static final String FILE = "receiver";

  private final UnixDatagrams unix;
  private final DatagramProbe protocol = new DatagramProbe();
  private final Path path;

  UnixEndpointRules(LoopFixture fixture) {
    this.unix = new UnixDatagrams(fixture);
    this.path = unix.path(FILE);
  }

  /** Opens an endpoint with both addresses and checks the hooks. */
  @Rule("19.16")
  @Hint("Use the hooks, and pass on the socket of the first and the remote address.")
  void eachHookOfAnEndpointIsCalledOnce() {
    DatagramTransport _ = unix.bound(new DatagramProbe(), FILE);
    SocketAddress remote = unix.address(FILE);
    SocketAddress local = unix.address("sender");
    HookLog hooks = HookLog.of(unix.loop());

    DatagramTransport transport =
        unix.open(
            protocol, UnixDatagramOptions.boundTo(unix.path("sender")).withRemoteAddress(remote));

    Expect.equal("the calls of the protocol", List.of("connectionMade"), protocol.trace().events());
    Expect.equal(
        "the hooks that were called",
        List.of("openDatagram", "connectDatagram", MAKE),
        hooks.names());
    Expect.equal(
        "where the socket is bound",
        new OpenDatagramRequest(StandardProtocolFamily.UNIX, Optional.of(local), false, false),
        hooks.requests("openDatagram", OpenDatagramRequest.class).getFirst());
    ConnectDatagramRequest connect =
        hooks.requests("connectDatagram", ConnectDatagramRequest.class).getFirst();
    DatagramTransportRequest make = hooks.requests(MAKE, DatagramTransportRequest.class).getFirst();
    Object socket = hooks.callsOf("openDatagram").getFirst().result();
    Expect.same("the socket that is connected", socket, connect.socket());
    Expect.same("the socket of the transport", socket, make.socket());
    Expect.equal("where it is connected to", remote, connect.remote());
    Expect.equal("the peer", Optional.of(remote), make.peer());
    Expect.same("the transport", transport, hooks.callsOf(MAKE).getFirst().result());
  }

  /** Leaves a socket file at the path, and opens an endpoint there. */
  @Rule("19.19")
  @Hint("Delete a socket file before the bind.")
  void anEndpointReplacesASocketFile() {
    DatagramTransport first =
        unix.open(new DatagramProbe(), UnixDatagramOptions.boundTo(path).withCleanupSocket(false));
    unix.act(first::close);
    Expect.that("the first endpoint must leave its file", Files.exists(path));

    DatagramTransport _ = unix.bound(protocol, FILE);

    DatagramTransport sender = unix.connected(new DatagramProbe(), FILE);
    unix.send("hello", sender, null);
    unix.await(protocol, "hello");
  }

  /** Puts a regular file at the path. */
  @Rule("19.20")
  @Hint("Delete sockets only; throw `BindException` with the path.")
  void anEndpointLeavesARegularFileAlone() throws IOException {
    Files.writeString(path, "precious");

    BindException failure =
        unix.running()
            .run(() ->
                Expect.thrown(
                    BindException.class,
                    "createUnixDatagramEndpoint on a regular file",
                    () -> create(UnixDatagramOptions.boundTo(path))));

    Expect.mentions("the refusal", failure.getMessage(), path.toString());
    Expect.equal("the file", "precious", Files.readString(path));
  }

  /** Closes an endpoint, and a loop with another one. */
  @Rule("19.21")
  @Hint(
      "Run `beforeClose` of the request before `connectionLost` is called and before the socket is"
          + " closed.")
  void closingAnEndpointDeletesItsFile() {
    DatagramTransport transport = unix.bound(protocol, FILE);
    Expect.that("an endpoint must have its file", Files.exists(path));

    unix.act(transport::close);

    unix.await(protocol, "connectionLost");
    Expect.that("the file of a closed endpoint must be gone", isGone());
    DatagramTransport _ = unix.bound(new DatagramProbe(), FILE);
    unix.running().close();
    unix.loop().close();
    Expect.that("the file of an endpoint of a closed loop must be gone", isGone());
  }

  /** Replaces the file of an endpoint by that of another, and closes the first. */
  @Rule("19.22")
  @Hint("Compare the inode of the file before it is deleted.")
  void theFileOfAnotherEndpointIsLeftAlone() {
    DatagramProbe predecessor = new DatagramProbe();
    DatagramTransport first = unix.bound(predecessor, FILE);
    DatagramTransport _ = unix.bound(protocol, FILE);

    unix.act(first::close);

    unix.await(predecessor, "connectionLost");
    Expect.that("the file of another endpoint must be left", !isGone());
    DatagramTransport sender = unix.connected(new DatagramProbe(), FILE);
    unix.send("hello", sender, null);
    unix.await(protocol, "hello");
  }

  /** Closes an endpoint that must not delete its file. */
  @Rule("19.23")
  @Hint("Check `cleanupSocket`.")
  void anEndpointKeepsItsFileIfTheOptionsSaySo() {
    DatagramTransport transport =
        unix.open(protocol, UnixDatagramOptions.boundTo(path).withCleanupSocket(false));

    unix.act(transport::close);

    unix.await(protocol, "connectionLost");
    Expect.that("the file of the endpoint must be left", Files.exists(path));
  }

  /** Creates an endpoint in a callback and from a foreign thread. */
  @Rule("19.27")
  @Hint("Check for the current task before a socket is opened.")
  void unixEndpointsNeedATask() {
    HookLog hooks = HookLog.of(unix.loop());
    List<IllegalStateException> refusals =
        Stream.of(unix.running().call(this::refusal), refusal()).toList();

    for (IllegalStateException refusal : refusals) {
      Expect.mentions("the refusal", refusal.getMessage(), "task");
    }
    Expect.equal("the hooks that were called", List.of(), hooks.names());
    Expect.that("nothing must be bound", !Files.exists(path));
  }

  /** Opens an endpoint with both addresses, where nothing receives at the remote one. */
  @Rule("19.28")
  @Hint("Delete the file and close the socket before the failure is thrown.")
  void aFailureLeavesNoFile() {
    Path nobody = unix.path("absent");
    AtomicBoolean called = new AtomicBoolean();

    IOException failure =
        unix.running()
            .run(() ->
                Expect.thrown(
                    IOException.class,
                    "createUnixDatagramEndpoint to an absent path",
                    () ->
                        unix.loop()
                            .createUnixDatagramEndpoint(
                                () -> {
                                  called.set(true);
                                  return protocol;
                                },
                                UnixDatagramOptions.connectedTo(nobody)
                                    .withLocalAddress(unix.address(FILE)))));

    Expect.mentions("the failure", failure.getMessage(), nobody.toString());
    Expect.that("the factory must not be called", !called.get());
    Expect.that("no file must be left", isGone());
  }

  /** Binds an abstract name, twice. */
  @Rule("19.30")
  @Hint("Bind to the bytes of the name with a leading NUL, and no more.")
  @Requires(Capability.UNIX_ABSTRACT)
  void endpointsMayHaveAbstractNames() {
    String name = "asyncio4j-tck-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    for (int round = 0; round < 2; round++) {
      DatagramProbe receiving = new DatagramProbe();
      DatagramTransport receiver = unix.open(receiving, UnixDatagramOptions.boundToAbstract(name));
      DatagramTransport sender =
          unix.open(new DatagramProbe(), UnixDatagramOptions.connectedToAbstract(name));
      Expect.equal(
          "the address of the endpoint",
          AbstractUnixAddress.of(name),
          unix.running().call(() -> receiver.extraInfo(ExtraInfo.SOCKNAME).orElseThrow()));
      unix.send("hello", sender, null);
      unix.await(receiving, "hello");
      unix.act(receiver::close);
      unix.await(receiving, "connectionLost");
    }
  }

  private IllegalStateException refusal() {
    return Expect.thrown(
        IllegalStateException.class,
        "createUnixDatagramEndpoint without a task",
        () -> create(UnixDatagramOptions.boundTo(path)));
  }

  private void create(UnixDatagramOptions options) throws IOException {
    EventLoop loop = unix.loop();
    loop.createUnixDatagramEndpoint(() -> protocol, options).transport().abort();
  }

  private boolean isGone() {
    return !Files.exists(path);
  }
}
