package org.asyncio4j.tck.rules.unix;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.SocketServerOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.UnixNetwork;

/** Chapter 19, part five: bound sockets that become servers, and servers that start later. */
@Requires(Capability.UNIX_STREAM)
final class UnixBacklogRules {

  private static final int ROUNDS = 2;

  private final Network network;
  private final UnixNetwork unix;
  private final Path path;

  UnixBacklogRules(LoopFixture fixture) {
    this.network = fixture.network();
    this.unix = new UnixNetwork(fixture);
    this.path = unix.path();
  }

  /** Serves on a bound socket, closes the server, and repeats this at the same path. */
  @Rule("19.40")
  @Hint("Take the path from the address of the socket.")
  @Requires(Capability.SOCKETS)
  void closingAServerDeletesTheFileOfItsSocket() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Server server = serve(UnaryOperator.identity());
      SocketChannel peer = unix.connect();
      unix.send("hello", peer);
      unix.expectText("hello", peer);

      network.perform(server::close);

      Expect.that("the file of a closed server must be gone", !Files.exists(path));
    }
  }

  /** Closes a server on a bound socket that must not delete its file. */
  @Rule("19.41")
  @Hint("Check `cleanupSocket`.")
  @Requires(Capability.SOCKETS)
  void theFileOfASocketIsKeptIfTheOptionsSaySo() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Server server = serve(options -> options.withCleanupSocket(false));

      network.perform(server::close);

      Expect.that("the file of the socket must be left", Files.exists(path));
      Files.delete(path);
    }
  }

  /** Replaces the file of a socket by that of another, and closes its server. */
  @Rule("19.42")
  @Hint("See 19.7.")
  @Requires(Capability.SOCKETS)
  void theFileOfAnotherSocketIsLeftAlone() throws IOException {
    Server server = serve(UnaryOperator.identity());
    Path moved = path.resolveSibling("moved"); // keeps the inode in use
    Files.move(path, moved);
    ServerSocketChannel other = unix.listen(1);

    network.perform(server::close);

    Expect.that("the file of another server must be left", Files.exists(path));
    SocketChannel _ = unix.connect();
    SocketChannel _ = unix.accept(other);
  }

  /** Connects to a server that is to start later, and starts it. */
  @Rule("19.43")
  @Hint("Listen in `bindSocket`, and accept in `startServing`.")
  void clientsThatConnectEarlyWaitForTheStart() throws IOException {
    Server server = serveLater();
    List<SocketChannel> early = List.of(unix.connect(), unix.connect());
    for (SocketChannel client : early) {
      unix.send("early", client);
    }

    network.runTask(server::startServing);

    for (SocketChannel client : early) {
      unix.expectText("early", client);
    }
  }

  /** Connects to a server that is never started, and closes it. */
  @Rule("19.44")
  @Hint("Close the listening socket, whether it was started or not.")
  void closingAServerThatNeverStartedDisconnectsWaitingClients() throws IOException {
    Server server = serveLater();
    SocketChannel first = unix.connect();
    SocketChannel second = unix.connect();

    network.perform(server::close);

    unix.expectEnd(first);
    unix.expectEnd(second);
    Expect.that("the file of a closed server must be gone", !Files.exists(path));
  }

  /**
   * Connects to a server on a bound socket that is never started, closes it, and repeats this at
   * the same place.
   */
  @Rule("19.45")
  @Hint("See 19.44; the socket may be bound but not listening.")
  @Requires(Capability.SOCKETS)
  void closingAServerOfASocketThatNeverStartedDeletesItsFile() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Server server = serve(options -> options.withStartServing(false));
      Expect.that("a server must have its file", Files.exists(path));
      SocketChannel waiting = unix.connect();

      network.perform(server::close);

      unix.expectEnd(waiting);
      Expect.that("the file of a closed server must be gone", !Files.exists(path));
    }
  }

  private Server serve(UnaryOperator<SocketServerOptions> changing) {
    return network.run(() -> {
      AsyncServerSocket socket = network.loop().openServerSocket(StandardProtocolFamily.UNIX);
      socket.bind(UnixDomainSocketAddress.of(path));
      return network
          .loop()
          .createServer(EchoProtocol::new, changing.apply(SocketServerOptions.on(socket)));
    });
  }

  private Server serveLater() {
    UnixServerOptions options = UnixServerOptions.on(path).withStartServing(false);
    return network.run(() -> network.loop().createUnixServer(EchoProtocol::new, options));
  }
}
