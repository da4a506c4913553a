package org.asyncio4j.tck.rules.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ServerOptions;
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

/** Chapter 9, part four: a server as the main body of a program. */
@Requires(Capability.TCP_SERVER)
final class ServeForeverRules {

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();
  private final ProbeProtocol protocol = new ProbeProtocol(trace);

  ServeForeverRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Serves forever, with a server that was not started, until it is closed. */
  @Rule("9.28")
  @Hint("Start in `serveForever`, and return from it when `close` is called.")
  void serveForeverServesUntilTheServerIsClosed() throws IOException {
    Server server = notStarted();
    InetSocketAddress address = network.addressOf(server);
    Task<Boolean> serving = serving(server);
    fixture.patience().until("serveForever must serve", () -> network.call(server::isServing));

    network.connectTo(address).send("x");
    fixture.patience().until("the server must serve", () -> protocol.received().equals("x"));
    expectPending(serving);
    network.perform(server::close);

    expectDone(serving);
  }

  /** Calls {@code serveForever} while another task is in it. */
  @Rule("9.29")
  @Hint("Record that a task is in the call, until it returns.")
  void serveForeverIsForOneTaskAtATime() {
    Server server = serve();
    Task<Boolean> serving = serving(server);
    expectPending(serving);

    IllegalStateException _ = refusal("a second serveForever", server);

    expectPending(serving);
    Expect.that("the server must serve on", network.call(server::isServing));
    network.perform(server::close);
    expectDone(serving);
  }

  /** Cancels the task that serves forever, while there is a connection. */
  @Rule("9.30")
  @Hint("Close the server and wait for its connections when the wait is cancelled, and rethrow.")
  void cancellingServeForeverClosesTheServer() throws IOException {
    Server server = serve();
    InetSocketAddress address = network.addressOf(server);
    Task<Boolean> serving = serving(server);
    Peer peer = connected(server);
    expectPending(serving);

    network.perform(serving::cancel);

    network.perform(() -> {});
    expectPending(serving);
    network.expectRefusal(address);
    peer.close();
    CancelledError _ =
        network.run(() ->
            Expect.thrown(CancelledError.class, "serveForever that is cancelled", serving::await));
  }

  /** Starts a closed server, in both ways. */
  @Rule("9.31")
  @Hint("First check whether the server is closed.")
  void aClosedServerCannotBeStarted() {
    Server server = notStarted();
    network.perform(server::close);

    IllegalStateException _ = refusal("serveForever of a closed server", server);
    IllegalStateException _ =
        network.run(() ->
            Expect.thrown(
                IllegalStateException.class,
                "startServing of a closed server",
                server::startServing));
  }

  private Server serve() {
    return network.serve(() -> protocol);
  }

  private Server notStarted() {
    return network.serve(() -> protocol, ServerOptions.on(Network.HOST, 0).withStartServing(false));
  }

  private Peer connected(Server server) throws IOException {
    Peer peer = network.connectTo(server);
    fixture.patience().await("a connection must be made", protocol.made());
    Transport _ = protocol.transport();
    return peer;
  }

  private Task<Boolean> serving(Server server) {
    return task(() -> {
      server.serveForever();
      return true;
    });
  }

  private Task<Boolean> task(Callable<Boolean> body) {
    return network.call(() -> network.loop().createTask(body));
  }

  private IllegalStateException refusal(String what, Server server) {
    return network.run(
        () -> Expect.thrown(IllegalStateException.class, what, server::serveForever));
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
