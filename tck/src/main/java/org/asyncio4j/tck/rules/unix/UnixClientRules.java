package org.asyncio4j.tck.rules.unix;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.PeerCredentials;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.Trace;
import org.asyncio4j.tck.probe.UnixNetwork;

/** Chapter 19, part two: connections over Unix sockets. */
@Requires(Capability.UNIX_STREAM)
final class UnixClientRules {

  private final LoopFixture fixture;
  private final Network network;
  private final UnixNetwork unix;
  private final Path path;
  private final Trace trace = new Trace();
  private final ProbeProtocol protocol = new ProbeProtocol(trace);

  UnixClientRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.unix = new UnixNetwork(fixture);
    this.path = unix.path();
  }

  /** Connects to a plain listener, and exchanges data with it. */
  @Rule("19.2")
  @Hint("Complete the waiter after `connectionMade`; return the transport that the hook made.")
  void aConnectionIsMadeAndWorksBothWays() throws IOException {
    ServerSocketChannel listener = unix.listen(8);

    Connection<ProbeProtocol> connection = connect();
    SocketChannel peer = unix.accept(listener);

    Expect.equal("the events so far", List.of("factory", "connectionMade"), trace.events());
    Expect.same("the transport that is returned", protocol.transport(), connection.transport());
    network.perform(() -> connection.transport().write(Network.bytes("hello")));
    unix.expectText("hello", peer);
    unix.send("goodbye", peer);
    fixture
        .patience()
        .until("the response must arrive", () -> protocol.received().equals("goodbye"));
  }

  /** Connects to a path that does not exist, and to the file of a server that has ended. */
  @Rule("19.3")
  @Hint("Throw the system's error, with the path.")
  void aRefusedConnectionNamesThePath() throws IOException {
    expectRefusal();
    unix.listen(1).close();
    Expect.that("a plain listener must leave its file", Files.exists(path));
    expectRefusal();

    trace.expect("the calls of the factory");
  }

  /**
   * Connects to a listener whose backlog is full, and cancels the task. Does not apply if the
   * system has no such backlog.
   */
  @Rule("19.10")
  @Hint("Stop trying when the future is cancelled.")
  @Direct("a full backlog delays connecting clients")
  void cancellingATaskThatConnectsLeavesNoConnection() throws IOException {
    ServerSocketChannel listener = unix.listen(1);
    List<SocketChannel> waiting = unix.fill();
    HookLog hooks = HookLog.of(network.loop());
    Task<?> task = network.call(() -> start());
    fixture
        .patience()
        .until("the loop must begin to connect", () -> hooks.names().contains("connectSocket"));

    network.perform(task::cancel);
    fixture.patience().until("the task must end", task::isDone);

    Expect.that("the task must be cancelled", task.isCancelled());
    for (SocketChannel _ : waiting) {
      SocketChannel _ = unix.accept(listener);
    }
    fixture.patience().during("no client must connect", () -> unix.next(listener).isEmpty());
    trace.expect("the calls of the factory");
  }

  /**
   * Connects to a listener whose backlog is full, and makes room. Does not apply if the system has
   * no such backlog.
   */
  @Rule("19.11")
  @Hint("Try again; EAGAIN means neither connected nor refused.")
  @Direct("a full backlog delays connecting clients")
  void connectingWaitsForAFullBacklog() throws IOException {
    ServerSocketChannel listener = unix.listen(1);
    List<SocketChannel> waiting = unix.fill();
    Task<?> task = network.call(() -> start());
    fixture.patience().during("there must be no connection yet", () -> trace.events().isEmpty());

    for (SocketChannel _ : waiting) {
      SocketChannel _ = unix.accept(listener);
    }
    SocketChannel peer = unix.accept(listener);
    fixture.patience().until("the task must end", task::isDone);

    network.perform(() -> protocol.transport().write(Network.bytes("late")));
    unix.expectText("late", peer);
  }

  /** Reads the credentials of the peer. Does not apply if the transport does not provide them. */
  @Rule("19.12")
  @Hint("Return the credentials that the system reports, or none.")
  @Direct("asks the system for the owner of the other end")
  void theCredentialsOfThePeerAreThoseOfItsProcess() throws IOException {
    ServerSocketChannel listener = unix.listen(8);
    Transport transport = connect().transport();
    SocketChannel _ = unix.accept(listener);

    Optional<PeerCredentials> peer =
        network.call(() -> transport.extraInfo(ExtraInfo.PEER_CREDENTIALS));
    if (peer.isEmpty()) {
      throw fixture.notApplicable("the loop does not know the credentials of peers");
    }

    Expect.equal("the user of the peer", Files.getOwner(path), peer.get().user());
    peer.get()
        .processId()
        .ifPresent(
            found -> Expect.equal("the process of the peer", ProcessHandle.current().pid(), found));
  }

  /** Ends the stream to the peer, which then responds. */
  @Rule("19.13")
  @Hint("Shut the output down and keep reading.")
  @Requires(Capability.HALF_CLOSE)
  void theOutputCanEndAlone() throws IOException {
    ServerSocketChannel listener = unix.listen(8);
    Transport transport = connect().transport();
    SocketChannel peer = unix.accept(listener);

    network.perform(transport::writeEof);
    unix.expectEnd(peer);
    unix.send("result", peer);

    fixture
        .patience()
        .until("the response must arrive", () -> protocol.received().equals("result"));
  }

  private Task<?> start() {
    EventLoop loop = network.loop();
    return loop.createTask(() -> loop.createUnixConnection(this::make, path));
  }

  private Connection<ProbeProtocol> connect() throws IOException {
    Path there = unix.towards(path);
    return network.run(() -> network.loop().createUnixConnection(this::make, there));
  }

  private void expectRefusal() {
    IOException failure =
        network.run(() ->
            Expect.thrown(
                IOException.class,
                "connecting without a listener",
                () -> network.loop().createUnixConnection(this::make, path)));
    Expect.mentions("the refusal", failure.getMessage(), path.toString());
  }

  private ProbeProtocol make() {
    trace.add("factory");
    return protocol;
  }
}
