package org.asyncio4j.tck.rules.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.RuleViolation;

/** Chapter 16, part seven: which side has ended the connection of a handler that fails. */
@Requires(Capability.TCP_SERVER)
final class HandlerEndRules {

  private static final int LARGE_BYTES = 32 * 1024 * 1024;
  private static final int BEYOND_THE_LIMIT = 64 * 1024 + 10;

  private final LoopFixture fixture;
  private final Network network;
  private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

  HandlerEndRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Makes handlers read and drain after the program closed their connection, in each way; then one
   * whose client had ended before.
   */
  @Rule("16.39")
  @Hint(
      "Call `connectionLost` with `null` after `close` and `abort`, and `eofReceived` only if the"
          + " peer has ended.")
  @Direct("the loss of the connection is the handler's own doing")
  void aHandlerThatFailsAfterItsOwnCloseIsReported() throws IOException {
    List<Consumer<StreamWriter>> endings =
        List.of(
            writer -> writer.transport().abort(),
            writer -> writer.transport().close(),
            StreamWriter::close,
            HandlerEndRules::abortInAnotherTask);
    AtomicInteger ending = new AtomicInteger();
    Server reading =
        serve((reader, writer) -> {
          endings.get(ending.getAndIncrement() / 2).accept(writer);
          if (ending.get() % 2 == 0) {
            writer.waitClosed();
            writer.drain();
          }
          byte[] ignored = reader.readExactly(1);
        });
    for (int client = 0; client < 2 * endings.size(); client++) {
      Peer peer = network.connectTo(reading);
      peer.expectClosed("a connection that was closed");
      expectReported("a handler that uses the connection that its program has closed");
    }

    Server tooLate =
        serve((reader, writer) -> {
          byte[] question = reader.readAll();
          writer.transport().abort();
          byte[] ignored = reader.readExactly(question.length + 1);
        });
    Peer peer = network.connectTo(tooLate);
    peer.send("half");
    peer.sendEof();
    peer.expectClosed("a connection whose client has ended");
    awaitThrown(1);
    expectNoReport("the end of a client before that of the program");
  }

  private static void abortInAnotherTask(StreamWriter writer) {
    var _ =
        Asyncio.createTask(() -> {
          writer.transport().abort();
          return true;
        });
  }

  /**
   * Makes a server close and abort its clients while handlers read, and while they wait for the end
   * and then drain; last, one that then makes a mistake.
   */
  @Rule("16.40")
  @Hint("Report only mistakes to the exception handler.")
  void aHandlerThatItsServerHasCutOffIsNotReported() throws IOException {
    AtomicInteger clients = new AtomicInteger();
    Server server =
        serve((reader, writer) -> {
          int number = clients.getAndIncrement();
          writer.write("hello", US_ASCII);
          if (number % 2 == 0) {
            byte[] ignored = reader.readExactly(1);
          }
          try {
            writer.waitClosed();
            writer.drain();
          } catch (IOException cut) {
            throw number < 7 ? cut : new IOException("a mistake of the handler");
          }
        });
    for (int client = 1; client <= 8; client++) {
      Peer peer = network.connectTo(server);
      peer.expectText("hello");
      boolean closes = client % 4 > 1;
      network.perform(closes ? server::closeClients : server::abortClients);
      peer.expectClosed("a connection that its server has closed");
      awaitThrown(client);
      if (client < 8) {
        expectNoReport("what a server does to its clients");
      }
    }
    ErrorReport report = fixture.takeReport("a mistake after the end");
    Expect.equal(
        "the exception",
        "a mistake of the handler",
        report.exception().map(Throwable::getMessage).orElse(null));
  }

  /**
   * Makes handlers fail with the loss of their connection, which suppresses a mistake before,
   * between and after other exceptions that it has caused, and a mistake that is nested deeper.
   */
  @Rule("16.41")
  @Hint("Pass every report to the exception handler.")
  void aMistakeThatTheLossSuppressesIsReported() throws IOException {
    AtomicInteger clients = new AtomicInteger();
    Server server =
        serve((reader, writer) -> {
          int number = clients.getAndIncrement();
          writer.write("hello", US_ASCII);
          try {
            byte[] ignored = reader.readLine();
          } catch (IOException lost) {
            for (int place = 0; place < 3; place++) {
              IOException caused = new IOException("the response cannot be written", lost);
              if (number == 3) {
                caused.addSuppressed(new IllegalStateException("a mistake of the handler"));
              }
              lost.addSuppressed(
                  place == number ? new IllegalStateException("a mistake of the handler") : caused);
            }
            throw lost;
          }
        });
    for (int client = 0; client < 5; client++) {
      Peer peer = network.connectTo(server);
      peer.expectText("hello");
      peer.reset();
      if (client < 4) {
        expectReported("a handler with a mistake that the loss suppresses");
      } else {
        awaitThrown(1);
        expectNoReport("a loss that suppresses what it has caused");
      }
    }
  }

  /** Resets connections while their handlers send a file. */
  @Rule("16.42")
  @Hint(
      "`connectionLost` must be called with what `sendFile` throws, or with its cause, at the"
          + " latest one tick later.")
  void aResetThatEndsAFileIsNotReported() throws IOException {
    Path file = file();
    Server server =
        serve((reader, writer) -> {
          long ignored = Asyncio.runningLoop().sendFile(writer.transport(), FileRegion.of(file));
        });
    for (int client = 1; client <= 2; client++) {
      Peer peer = network.connectTo(server);
      byte[] _ = peer.receive(1);

      peer.reset();

      awaitThrown(client);
      expectNoReport("a reset by the client");
    }
  }

  /**
   * Makes handlers fail because another connection ends in the middle of a message, exceeds the
   * limit, and is used after it was lost.
   */
  @Rule("16.43")
  @Hint("See 16.32.")
  @Requires(Capability.TCP_CLIENT)
  @Direct("the handlers use another connection, which the rule itself must end")
  void theFaultOfAnotherConnectionIsReported() throws IOException {
    ServerSocket elsewhere = network.listen();
    AtomicInteger clients = new AtomicInteger();
    Server server =
        serve((reader, writer) -> {
          int number = clients.getAndIncrement();
          writer.write("hello", US_ASCII);
          try (StreamConnection other = Asyncio.openConnection(Network.to(elsewhere))) {
            if (number < 2) {
              byte[] ignored = number == 0 ? other.reader().readExactly(5) : otherLine(other);
            }
            byte[] ignored = other.reader().readAll();
            other.writer().transport().abort();
            other.writer().waitClosed();
            other.writer().drain();
          }
        });
    for (String sent : List.of("half", "x".repeat(BEYOND_THE_LIMIT), "")) {
      Peer client = network.connectTo(server);
      client.expectText("hello");
      Peer peer = network.accept(elsewhere);
      peer.send(sent);
      peer.sendEof();
      client.expectClosed("the connection of a handler that failed");
      expectReported("a handler that fails because of another connection");
    }
  }

  private static byte[] otherLine(StreamConnection other) throws IOException {
    return other.reader().readUntil(Network.bytes("!"));
  }

  private Path file() throws IOException {
    Path file = Files.createTempFile("tck", ".bin");
    AutoCloseable deletion = () -> Files.deleteIfExists(file);
    var _ = fixture.closing(deletion);
    return Files.write(file, new byte[LARGE_BYTES]);
  }

  private Server serve(ClientHandler handler) {
    ClientHandler noting =
        (reader, writer) -> {
          try {
            handler.handle(reader, writer);
          } catch (Throwable failure) {
            thrown.add(failure);
            throw failure;
          }
        };
    return network.run(() -> Asyncio.startServer(noting, Network.HOST, 0));
  }

  private void awaitThrown(int count) {
    fixture.patience().until("a handler must fail", () -> thrown.size() >= count);
    for (int tick = 0; tick < 4; tick++) {
      network.perform(() -> {}); // a report would have arrived by then
    }
  }

  private void expectReported(String what) {
    awaitThrown(1);
    ErrorReport report = fixture.takeReport(what);
    Expect.same("the exception", thrown.remove(), report.exception().orElse(null));
  }

  private void expectNoReport(String what) {
    fixture
        .pollReport()
        .ifPresent(report -> {
          throw new RuleViolation(
              "%s must not be reported, but this was: %s".formatted(what, report.message()),
              report.exception().orElse(null));
        });
  }
}
