package org.asyncio4j.tck.rules.unix;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.Trace;
import org.asyncio4j.tck.probe.UnixNetwork;

/** Chapter 19, part one: servers on Unix sockets, and their files. */
@Requires(Capability.UNIX_STREAM)
final class UnixServerRules {

  private final LoopFixture fixture;
  private final Network network;
  private final UnixNetwork unix;
  private final Path path;

  UnixServerRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.unix = new UnixNetwork(fixture);
    this.path = unix.path();
  }

  /** Serves on a path, reads the server's address, and exchanges data with a plain channel. */
  @Rule("19.1")
  @Hint("Bind the socket to the path; return the path as the socket's address.")
  void aServerServesOnAPath() throws IOException {
    Server server = serve(UnixServerOptions.on(path));

    List<String> addresses =
        network.call(
            () -> server.sockets().stream().map(each -> each.localAddress().toString()).toList());
    Expect.equal("the addresses of the server", List.of(path.toString()), addresses);
    expectService();
  }

  /** Leaves the file of a server that has ended at the path, and serves there. */
  @Rule("19.4")
  @Hint("Delete a socket file before the bind.")
  void aStaleSocketFileIsReplaced() throws IOException {
    unix.listen(1).close();
    Expect.that("a plain listener must leave its file", Files.exists(path));

    serve(UnixServerOptions.on(path));

    expectService();
  }

  /** Puts a regular file at the path. */
  @Rule("19.5")
  @Hint("Delete sockets only; throw `BindException` with the path.")
  void aRegularFileIsLeftAlone() throws IOException {
    Files.writeString(path, "precious");

    BindException failure =
        network.run(() ->
            Expect.thrown(
                BindException.class,
                "createUnixServer on a regular file",
                () -> network.loop().createUnixServer(EchoProtocol::new, path).close()));

    Expect.mentions("the refusal", failure.getMessage(), path.toString());
    Expect.equal("the file", "precious", Files.readString(path));
  }

  /** Closes a server. */
  @Rule("19.6")
  @Hint("Delete the file when the listening socket is closed.")
  void closingAServerDeletesItsFile() {
    Server server = serve(UnixServerOptions.on(path));
    Expect.that("a server must have its file", Files.exists(path));

    network.perform(server::close);

    Expect.that("the file of a closed server must be gone", !Files.exists(path));
    network.perform(server::close);
  }

  /** Replaces the file of a server by that of another, and closes the first. */
  @Rule("19.7")
  @Hint("Record the inode of the file, and compare it before the file is deleted.")
  void theFileOfAnotherServerIsLeftAlone() throws IOException {
    Server server = serve(UnixServerOptions.on(path));
    Path moved = path.resolveSibling("moved"); // keeps the inode in use
    Files.move(path, moved);
    ServerSocketChannel other = unix.listen(1);

    network.perform(server::close);

    Expect.that("the file of another server must be left", Files.exists(path));
    SocketChannel _ = unix.connect();
    SocketChannel _ = unix.accept(other);
  }

  /** Closes a server that must not delete its file. */
  @Rule("19.8")
  @Hint("Check `cleanupSocket`.")
  void aServerKeepsItsFileIfTheOptionsSaySo() {
    Server server = serve(UnixServerOptions.on(path).withCleanupSocket(false));

    network.perform(server::close);

    Expect.that("the file of the server must be left", Files.exists(path));
  }

  /** Creates a server and a connection in a callback and from a foreign thread. */
  @Rule("19.9")
  @Hint("Check for the current task before a socket is opened.")
  void unixOperationsNeedATask() {
    EventLoop loop = network.loop();
    HookLog hooks = HookLog.of(loop);
    List<IllegalStateException> refusals =
        Stream.of(network.call(() -> refusals(loop)), refusals(loop))
            .flatMap(List::stream)
            .toList();

    for (IllegalStateException refusal : refusals) {
      Expect.mentions("the refusal", refusal.getMessage(), "task");
    }
    Expect.equal("the hooks that were called", List.of(), hooks.names());
    Expect.that("nothing must be bound", !Files.exists(path));
  }

  /** Serves on an abstract name, connects to it, and serves again. */
  @Rule("19.14")
  @Hint("Bind to the bytes of the name with a leading NUL, and no more.")
  @Requires(Capability.UNIX_ABSTRACT)
  @Direct("the JDK's sockets, and so a relay's, know no abstract names")
  void abstractNamesHaveNoFiles() {
    String name = "asyncio4j-tck-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    for (int round = 0; round < 2; round++) {
      Server server = serve(UnixServerOptions.onAbstract(name));
      Expect.equal(
          "the address of the server",
          AbstractUnixAddress.of(name),
          network.call(() -> server.sockets().getFirst().localAddress()));
      Trace trace = new Trace();
      ProbeProtocol protocol = new ProbeProtocol(trace);
      Transport transport =
          network.run(() ->
              network
                  .loop()
                  .createUnixConnection(() -> protocol, UnixConnectOptions.toAbstract(name))
                  .transport());
      network.perform(() -> transport.write(Network.bytes("hello")));
      fixture.patience().until("the echo must arrive", () -> protocol.received().equals("hello"));
      network.perform(transport::close);
      network.perform(server::close);
    }
  }

  /** Records the hooks of a server and a client. */
  @Rule("19.15")
  @Hint("Call each hook once, and no other.")
  void eachHookIsCalledOnce() throws IOException {
    HookLog hooks = HookLog.of(network.loop());
    Server server = serve(UnixServerOptions.on(path));
    Path there = unix.towards(path);
    Transport transport =
        network.run(() ->
            network.loop().createUnixConnection(() -> new ProbeProtocol(), there).transport());
    fixture
        .patience()
        .until("both ends must be made", () -> hooks.callsOf("makeSocketTransport").size() == 2);
    network.perform(server::close);
    network.perform(transport::close);

    Expect.equal(
        "the hooks that were called",
        List.of(
            "bindSocket",
            "connectSocket",
            "makeSocketTransport",
            "makeSocketTransport",
            "startServing",
            "stopServing"),
        hooks.names().stream().sorted().toList());
  }

  private List<IllegalStateException> refusals(EventLoop loop) {
    return List.of(
        Expect.thrown(
            IllegalStateException.class,
            "createUnixServer without a task",
            () -> loop.createUnixServer(EchoProtocol::new, path).close()),
        Expect.thrown(
            IllegalStateException.class,
            "createUnixConnection without a task",
            () -> loop.createUnixConnection(EchoProtocol::new, path)));
  }

  private Server serve(UnixServerOptions options) {
    return network.run(() -> network.loop().createUnixServer(EchoProtocol::new, options));
  }

  private void expectService() throws IOException {
    SocketChannel peer = unix.connect();
    unix.send("hello", peer);
    unix.expectText("hello", peer);
  }
}
