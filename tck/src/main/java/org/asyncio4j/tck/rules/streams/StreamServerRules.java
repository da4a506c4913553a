package org.asyncio4j.tck.rules.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;

/**
 * Chapter 16, part three: the handlers of a server, and streams that are dropped without being
 * closed.
 */
@Requires(Capability.TCP_SERVER)
final class StreamServerRules {

  private final LoopFixture fixture;
  private final Network network;

  StreamServerRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Exchanges data with the second client while the first one sends nothing. */
  @Rule("16.17")
  @Hint("A task that waits must not block other connections.")
  void eachClientHasItsOwnTask() throws IOException {
    Server server =
        serve((reader, writer) -> {
          try (writer) {
            writer.write(reader.readLine());
          }
        });
    Peer first = network.connectTo(server);
    Peer second = network.connectTo(server);

    second.send("second\n");
    second.expectText("second\n");
    first.send("first\n");
    first.expectText("first\n");
    first.expectClosed("a connection whose handler has closed it");
  }

  /** Makes a handler throw before any data was sent. */
  @Rule("16.18")
  @Hint("Allow a connection to be closed by any code, at any time.")
  void aHandlerThatThrowsIsReportedAndItsConnectionClosed() throws IOException {
    AtomicBoolean failing = new AtomicBoolean(true);
    Server server =
        serve((reader, writer) -> {
          if (failing.getAndSet(false)) {
            throw new IllegalStateException("on purpose");
          }
          try (writer) {
            writer.write(reader.readLine());
          }
        });
    network.connectTo(server).expectClosed("a connection whose handler has thrown");
    ErrorReport report = fixture.takeReport("a handler that throws");
    Expect.equal(
        "the exception", "on purpose", report.exception().map(Throwable::getMessage).orElse(null));
    Expect.that("the report must have the transport", report.transport().isPresent());

    Peer next = network.connectTo(server);
    next.send("next\n");
    next.expectText("next\n");
  }

  /** Cancels the task of a handler that waits for its client. */
  @Rule("16.19")
  @Hint("Call the done callbacks of a cancelled task, too.")
  void aHandlerThatIsCancelledLosesItsConnection() throws IOException {
    Queue<Task<?>> tasks = new ConcurrentLinkedQueue<>();
    Server server =
        serve((reader, writer) -> {
          byte[] ignored = reader.readLine();
          tasks.add(Asyncio.currentTask().orElseThrow());
          ignored = reader.readLine();
        });
    Peer client = network.connectTo(server);
    client.send("hello\n");
    fixture
        .patience()
        .until("the handler must receive the data of its client", () -> !tasks.isEmpty());

    network.perform(() -> tasks.forEach(Task::cancel));

    client.expectClosed("a connection whose handler was cancelled");
  }

  /** Closes the connections of a server whose handler reads. */
  @Rule("16.20")
  @Hint("Notify the protocol of the loss of the connection, whichever side has closed it.")
  void closeClientsEndsTheReadsOfHandlers() throws IOException {
    CountDownLatch greeted = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Server server =
        serve((reader, writer) -> {
          writer.write(reader.readLine());
          greeted.countDown();
          if (reader.readAll().length == 0) {
            ended.countDown();
          }
        });
    Peer client = network.connectTo(server);
    client.send("hello\n");
    client.expectText("hello\n");
    fixture.patience().await("the handler must have replied", greeted);

    network.perform(server::closeClients);

    client.expectClosed("a connection of closeClients");
    fixture.patience().await("the read of the handler must end", ended);
  }

  /** Opens streams, writes, and drops them. */
  @Rule("16.21")
  @Hint(
      "Refer to the transport and its protocol, which do not refer to the streams, but to nothing"
          + " of the task that has opened them. Allow a callback from a foreign thread to close a"
          + " connection.")
  @Requires(Capability.TCP_CLIENT)
  void forgottenStreamsAreClosedAndReported() throws IOException {
    ServerSocket listener = network.listen();
    network.runTask(() -> writeAndForget(listener));
    Peer peer = network.accept(listener);
    peer.expectText("hello");

    Queue<ErrorReport> reports = new ConcurrentLinkedQueue<>();
    fixture
        .patience()
        .untilCollected(
            "unreachable streams must be reported",
            () -> fixture.pollReport().map(reports::add).orElse(false));
    peer.expectClosed("a connection whose streams were forgotten");
    Expect.that("the report must have the transport", reports.element().transport().isPresent());
  }

  private static void writeAndForget(ServerSocket listener) throws IOException {
    Asyncio.openConnection(Network.to(listener)).writer().write("hello".getBytes(US_ASCII));
  }

  private Server serve(ClientHandler handler) {
    return network.run(() -> Asyncio.startServer(handler, Network.HOST, 0));
  }
}
