package org.asyncio4j.tck.rules.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Server;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.RuleViolation;

/** Chapter 16, part five: which side is at fault when a handler fails. */
@Requires(Capability.TCP_SERVER)
final class ClientFaultRules {

  private static final int CHUNK = 64 * 1024;
  private static final int MANY_CHUNKS = 1024; // more than the system and the transport buffer

  private final LoopFixture fixture;
  private final Network network;
  private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

  ClientFaultRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Resets connections while their handlers write, which throw the exception itself, or another
   * exception with it as the cause.
   */
  @Rule("16.30")
  @Hint("Notify only the protocol of the loss.")
  void aResetThatEndsAHandlerIsNotReported() throws IOException {
    AtomicInteger clients = new AtomicInteger();
    Server server =
        serve((reader, writer) -> {
          try {
            writeMuch(writer);
          } catch (IOException lost) {
            if (clients.incrementAndGet() % 2 == 0) {
              throw new UncheckedIOException("the response cannot be written", lost);
            }
            throw lost;
          }
        });
    for (int client = 1; client <= 4; client++) {
      Peer peer = network.connectTo(server);
      byte[] _ = peer.receive(1);

      peer.reset();

      awaitThrown(client);
    }
    expectNoReport();
  }

  /** Has clients end in the middle of a message, and exceed the limit of a line. */
  @Rule("16.31")
  @Hint("See 16.18, but without the report.")
  void aClientThatViolatesTheProtocolIsNotReported() throws IOException {
    Server server = serve((reader, writer) -> writer.write(reader.readUntil(Network.bytes("\n"))));
    Peer hasty = network.connectTo(server);
    hasty.send("half a li");
    hasty.sendEof();
    hasty.expectClosed("a connection that ended too early");
    awaitThrown(1);

    Peer talker = network.connectTo(server);
    talker.send("x".repeat(64 * 1024 + 10));
    talker.expectClosed("a connection with too long a line");
    awaitThrown(2);

    expectNoReport();
  }

  /**
   * Makes handlers fail by themselves: with an exception of their own after their client has reset
   * the connection, and with the loss of another connection.
   */
  @Rule("16.32")
  @Hint("Pass every report to the exception handler.")
  @Requires(Capability.TCP_CLIENT)
  @Direct("the handlers use another connection, which the rule itself must end")
  void faultsThatTheClientDidNotCauseAreReported() throws IOException {
    ServerSocket elsewhere = network.listen();
    AtomicInteger clients = new AtomicInteger();
    Server server =
        serve((reader, writer) -> {
          if (clients.incrementAndGet() == 1) {
            try {
              writeMuch(writer);
            } catch (IOException lost) {
              throw new IOException("a mistake of the handler");
            }
          }
          StreamConnection other = Asyncio.openConnection(Network.to(elsewhere));
          writer.write("a".getBytes(US_ASCII));
          byte[] ignored = other.reader().read(1);
        });
    Peer rude = network.connectTo(server);
    byte[] _ = rude.receive(1);
    rude.reset();
    awaitThrown(1);
    expectReported(thrown.remove());

    Peer polite = network.connectTo(server);
    Peer peer = network.accept(elsewhere);
    polite.expectText("a");
    peer.reset();
    polite.expectClosed("the connection of a handler that failed");
    expectReported(thrown.remove());
  }

  private static void writeMuch(StreamWriter writer) throws IOException {
    byte[] noise = Flood.noise(CHUNK);
    for (int chunk = 0; chunk < MANY_CHUNKS; chunk++) {
      writer.write(noise);
      writer.drain();
    }
    throw new IllegalStateException("drain must wait for a client that does not read");
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
      network.perform(() -> {});
    }
  }

  private void expectReported(Throwable failure) {
    ErrorReport report = fixture.takeReport("a handler that fails by itself");
    Expect.same("the exception", failure, report.exception().orElse(null));
  }

  private void expectNoReport() {
    fixture
        .pollReport()
        .ifPresent(report -> {
          throw new RuleViolation(
              "what a client does must not be reported, but this was: " + report.message(),
              report.exception().orElse(null));
        });
  }
}
