package org.asyncio4j.tck.rules.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 9, part three: the end of a server, and of its connections. */
@Requires(Capability.TCP_SERVER)
final class ServerLifeRules {

  // More than the system's buffers take.
  private static final int PLENTY = 16 << 20;

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();
  private final ProbeProtocol protocol = new ProbeProtocol(trace);

  ServerLifeRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Closes a server, twice, and connects to its former address. */
  @Rule("9.20")
  @Hint("Close the listening sockets before `close` returns.")
  void aClosedServerAcceptsNothing() throws IOException {
    Server server = serve();
    InetSocketAddress address = network.addressOf(server);

    network.perform(server::close);
    network.perform(server::close);

    network.expectRefusal(address);
    Expect.that("a closed server must not serve", !network.call(server::isServing));
    Expect.equal("the sockets of a closed server", List.of(), network.call(server::sockets));
  }

  /** Closes a server that has a connection. */
  @Rule("9.21")
  @Hint("Do not affect the connections in `close`.")
  void closingAServerLeavesItsConnectionsAlone() throws IOException {
    Server server = serve();
    Peer peer = connected(server);

    network.perform(server::close);

    peer.send("x");
    fixture.patience().until("data must arrive", () -> protocol.received().equals("x"));
    network.perform(() -> protocol.transport().write(Network.bytes("y")));
    peer.expectText("y");
  }

  /** Waits for the end of a server that is closed and has no connections. */
  @Rule("9.22")
  @Hint("Check whether there is anything to wait for.")
  void waitClosedReturnsAtOnceWithoutConnections() throws IOException {
    Server server = serve();
    connected(server).close();
    fixture.patience().await("the connection must be lost", protocol.lost());
    network.perform(server::close);

    expectDone(waiting(server));
  }

  /** Waits for the end of an open server without connections, then closes it. */
  @Rule("9.23")
  @Hint("Wait for `close`, too; asyncio before 3.12 did not.")
  void waitClosedWaitsForTheServerToBeClosed() {
    Server server = serve();
    Task<Boolean> waiting = waiting(server);
    expectPending(waiting);

    network.perform(server::close);

    expectDone(waiting);
  }

  /** Closes a server that has a connection, waits, then ends the connection. */
  @Rule("9.24")
  @Hint("Wait until the last connection is detached.")
  void waitClosedWaitsForTheConnections() throws IOException {
    Server server = serve();
    Peer peer = connected(server);
    network.perform(server::close);
    Task<Boolean> waiting = waiting(server);
    expectPending(waiting);

    peer.close();

    expectDone(waiting);
    trace.expect("the calls of the protocol", "connectionMade", "eofReceived", "connectionLost");
  }

  /** Waits for an open server with a connection; ends the connection, then closes the server. */
  @Rule("9.25")
  @Hint("Check both conditions whenever one of them changes.")
  void theServerMayBeClosedAfterTheLastConnectionIsLost() throws IOException {
    Server server = serve();
    Peer peer = connected(server);
    Task<Boolean> waiting = waiting(server);
    Task<Boolean> another = waiting(server);

    peer.close();
    fixture.patience().await("the connection must be lost", protocol.lost());
    expectPending(waiting);
    network.perform(server::close);

    expectDone(waiting);
    expectDone(another);
  }

  /** Calls {@code closeClients} while much is still to be written. */
  @Rule("9.26")
  @Hint("Call `close` of each transport, not `abort`.")
  void closeClientsWritesBufferedData() throws IOException {
    Server server = serve();
    Peer peer = connected(server);
    network.perform(() -> protocol.transport().write(new byte[PLENTY]));

    network.perform(server::close);
    network.perform(server::closeClients);
    Task<Boolean> waiting = waiting(server);

    Expect.equal("how many bytes arrive", PLENTY, peer.receiveAll().length);
    expectDone(waiting);
  }

  /** Calls {@code abortClients} while much is to be written, and the peers do not read. */
  @Rule("9.27")
  @Hint("Call `abort` of each transport.")
  void abortClientsDoesNotWait() throws IOException {
    Server server = serve();
    Peer peer = connected(server);
    network.perform(() -> protocol.transport().write(new byte[PLENTY]));

    network.perform(server::close);
    network.perform(server::abortClients);

    expectDone(waiting(server));
    peer.expectClosed("a connection that is aborted");
  }

  private Server serve() {
    return network.serve(() -> protocol);
  }

  private Peer connected(Server server) throws IOException {
    Peer peer = network.connectTo(server);
    fixture.patience().await("a connection must be made", protocol.made());
    Transport _ = protocol.transport();
    return peer;
  }

  private Task<Boolean> waiting(Server server) {
    return task(() -> {
      server.waitClosed();
      return true;
    });
  }

  private Task<Boolean> task(Callable<Boolean> body) {
    return network.call(() -> network.loop().createTask(body));
  }

  private void expectPending(Task<?> task) {
    fixture.patience().during("a task that waits must continue to wait", () -> !isDone(task));
  }

  private void expectDone(Task<?> task) {
    fixture.patience().until("a task that waits must end", () -> isDone(task));
    Object ignored = network.call(task::result);
  }

  private boolean isDone(Task<?> task) {
    return network.call(task::isDone);
  }
}
