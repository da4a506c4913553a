package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncio4j.spi.stream.StreamLoop.settle;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;

/** Whether a failure is the mistake of the handler depends on which side ended its connection. */
@HangGuard
class ConnectionEndTest {

  /** How the program ends a connection. */
  private interface Closing {
    void close(StreamWriter writer);
  }

  /** The next action of a handler. */
  private interface Use {
    void go(StreamReader reader, StreamWriter writer) throws IOException;
  }

  private interface Doing {
    void play(Server server, ScriptedTransport client);
  }

  private static final Map<String, Closing> CLOSINGS =
      Map.of(
          "StreamWriter.close", StreamWriter::close,
          "Transport.close", writer -> writer.transport().close(),
          "Transport.abort", writer -> writer.transport().abort());

  private static final Map<String, Use> USES =
      Map.of(
          "readExactly", (reader, _) -> reader.readExactly(5),
          "readUntil", (reader, _) -> reader.readUntil("!".getBytes(UTF_8)),
          "drain after the loss", ConnectionEndTest::drainAfterLoss);

  @OnEachEngine
  void aHandlerThatFailsAfterItHasClosedIsReported(CoroutineMode mode) {
    forEachPair((closing, use) ->
        assertThat(
                reports(
                    mode,
                    (reader, writer) -> {
                      closing.close(writer);
                      use.go(reader, writer);
                    },
                    (_, client) -> client.isLost(null)))
            .hasSize(1));
  }

  @OnEachEngine
  void aHandlerThatFailsAfterAnotherTaskHasClosedIsReported(CoroutineMode mode) {
    forEachPair((closing, use) ->
        assertThat(
                reports(
                    mode,
                    (reader, writer) -> {
                      var _ =
                          Asyncio.createTask(() -> {
                            closing.close(writer);
                            return true;
                          });
                      use.go(reader, writer);
                    },
                    (_, client) -> client.isLost(null)))
            .hasSize(1));
  }

  @OnEachEngine
  void anEndOfThePeerStaysItsFaultAfterALaterClose(CoroutineMode mode) {
    CLOSINGS.forEach((name, closing) ->
        assertThat(
                reports(
                    mode,
                    (reader, writer) -> {
                      while (!reader.atEof()) {
                        Awaiter.yieldOnce();
                      }
                      closing.close(writer);
                      byte[] ignored = reader.readExactly(5);
                    },
                    (_, client) -> {
                      client.ends();
                      client.isLost(null);
                    }))
            .as(name)
            .isEmpty());
  }

  @OnEachEngine
  void drainAfterTheHandlerHasClosedAHalfOpenConnectionIsReported(CoroutineMode mode) {
    CLOSINGS.forEach((name, closing) ->
        assertThat(
                reports(
                    mode,
                    (reader, writer) -> {
                      byte[] ignored = reader.readAll();
                      closing.close(writer);
                      drainAfterLoss(reader, writer);
                    },
                    (_, client) -> {
                      client.ends();
                      client.isLost(null);
                    }))
            .as(name)
            .hasSize(1));
  }

  @OnEachEngine
  void aResetAfterTheHandlerHasClosedIsThePeersDoing(CoroutineMode mode) {
    CLOSINGS.forEach((name, closing) ->
        assertThat(
                reports(
                    mode,
                    (_, writer) -> {
                      closing.close(writer);
                      writer.waitClosed();
                    },
                    (_, client) -> client.isLost(new SocketException("Connection reset"))))
            .as(name)
            .isEmpty());
  }

  @OnEachEngine
  void aHandlerThatTheServerHasCutOffIsNotReported(CoroutineMode mode) {
    USES.forEach((name, use) -> {
      assertThat(reports(mode, use::go, ConnectionEndTest::closeClients)).as(name).isEmpty();
      assertThat(reports(mode, use::go, ConnectionEndTest::abortClients)).as(name).isEmpty();
    });
  }

  @OnEachEngine
  void aMistakeAfterTheServerHasCutOffIsReported(CoroutineMode mode) {
    USES.forEach((name, use) -> {
      ClientHandler mistaken =
          (reader, writer) -> {
            try {
              use.go(reader, writer);
            } catch (IOException cut) {
              throw new IOException("mine");
            }
          };
      assertThat(reports(mode, mistaken, ConnectionEndTest::abortClients)).as(name).hasSize(1);
    });
  }

  @OnEachEngine
  void aConnectionCutOffAfterTheHandlerClosedItIsTheHandlersFault(CoroutineMode mode) {
    forEachPair((closing, use) ->
        assertThat(
                reports(
                    mode,
                    (reader, writer) -> {
                      closing.close(writer);
                      use.go(reader, writer);
                    },
                    ConnectionEndTest::abortClients))
            .hasSize(1));
  }

  @OnEachEngine
  void aConnectionMadeAfterOthersWereCutOffIsNotCutOff(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          Server server =
              serve((reader, writer) -> {
                writer.transport().abort();
                byte[] ignored = reader.readExactly(5);
              });
          server.abortClients();
          ScriptedTransport client = loop.clientConnects();
          TestLoop.yieldUntil(client::isClosing);
          client.isLost(null);
          settle(loop);

          assertThat(loop.takeReports()).hasSize(1);
        });
  }

  @OnEachEngine
  void eachConnectionHasItsOwnFaults(CoroutineMode mode) {
    StreamLoop.with(
        mode,
        loop -> {
          List<IOException> faults = new ArrayList<>();
          var _ =
              serve((reader, _) -> {
                try {
                  byte[] ignored = reader.readExactly(5);
                } catch (IOException fault) {
                  faults.add(fault);
                  throw faults.size() == 3 ? faults.getFirst() : fault;
                }
              });
          for (int connection = 1; connection <= 4; connection++) {
            ScriptedTransport client = loop.clientConnects();
            Awaiter.yieldOnce();
            client.ends();
            settle(loop);
            client.isLost(null);

            // The third one fails with the exception that ended the first one.
            assertThat(loop.takeReports()).as("%d", connection).hasSize(connection == 3 ? 1 : 0);
          }
        });
  }

  private interface Pair {
    void check(Closing closing, Use use);
  }

  private static void forEachPair(Pair pair) {
    CLOSINGS.values().forEach(closing -> USES.values().forEach(use -> pair.check(closing, use)));
  }

  private static void closeClients(Server server, ScriptedTransport client) {
    server.closeClients();
    client.isLost(null);
  }

  private static void abortClients(Server server, ScriptedTransport client) {
    server.abortClients();
    client.isLost(null);
  }

  private static void drainAfterLoss(StreamReader reader, StreamWriter writer) throws IOException {
    writer.waitClosed();
    writer.drain();
  }

  private static List<ErrorReport> reports(CoroutineMode mode, ClientHandler handler, Doing doing) {
    List<ErrorReport> reports = new ArrayList<>();
    StreamLoop.with(
        mode,
        loop -> {
          Server server = serve(handler);
          ScriptedTransport client = loop.clientConnects();
          for (int tick = 0; tick < 4; tick++) {
            Awaiter.yieldOnce();
          }
          doing.play(server, client);
          settle(loop);
          reports.addAll(loop.takeReports());
        });
    return reports;
  }

  private static Server serve(ClientHandler handler) throws IOException {
    return Asyncio.startServer(handler, ServerOptions.on("127.0.0.1", 0), StreamOptions.defaults());
  }
}
