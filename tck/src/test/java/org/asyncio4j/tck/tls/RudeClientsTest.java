package org.asyncio4j.tck.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Log entries at the default levels: none for faults of clients, and one for each mistake. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RudeClientsTest {

  private static final int CLIENTS = 300;
  private static final int FEWER_CLIENTS = 50;
  private static final int MISTAKES = 20;
  private static final byte[] MUCH = new byte[256 * 1024];

  /** How clients and servers speak. */
  enum Way {
    PLAIN,
    TLS,
    UNIX;

    Server serve(ClientHandler handler, Path directory) throws IOException {
      return switch (this) {
        case PLAIN -> Asyncio.startServer(handler, TlsLoops.loopback());
        case TLS -> Asyncio.startServer(handler, TlsLoops.loopback().withTls(TlsLoops.SERVER));
        case UNIX -> Asyncio.startUnixServer(handler, directory.resolve("socket"));
      };
    }

    StreamConnection connect(Server server, Path directory) throws IOException {
      return switch (this) {
        case PLAIN -> Asyncio.openConnection(TlsLoops.to(server));
        case TLS -> Asyncio.openConnection(TlsLoops.to(server).withTls(TlsLoops.CLIENT));
        case UNIX -> Asyncio.openUnixConnection(directory.resolve("socket"));
      };
    }
  }

  static Stream<Arguments> kindsAndWays() {
    return TlsLoops.all()
        .flatMap(kind -> Stream.of(Way.values()).map(way -> Arguments.of(kind, way)));
  }

  @ParameterizedTest
  @MethodSource("kindsAndWays")
  void clientsThatLeaveWhileTheirHandlersWriteLogNothing(Kind kind, Way way) {
    String logged =
        logged(
            kind,
            directory -> {
              Ends ends = new Ends();
              int clients = way == Way.TLS ? FEWER_CLIENTS : CLIENTS; // handshakes take their time
              Server server = way.serve(ends.counting((_, writer) -> writeOn(writer)), directory);
              for (int client = 0; client < clients; client++) {
                StreamConnection streams = way.connect(server, directory);
                byte[] ignored =
                    streams.reader().read(1); // the rest is unread, so that abort resets
                streams.writer().transport().abort();
              }
              ends.await(clients);
              server.close();
              server.waitClosed();
            });

    assertThat(logged).isEmpty();
  }

  /** The server closes a connection that has ended too early, and helpers continue to write. */
  @ParameterizedTest
  @MethodSource("kindsAndWays")
  void helpersOfAHandlerWhoseClientHasFailedLogNothing(Kind kind, Way way) {
    String logged =
        logged(
            kind,
            directory -> {
              Ends ends = new Ends();
              Ends helpers = new Ends();
              Server server =
                  way.serve(
                      ends.counting((reader, writer) -> {
                        var _ = Asyncio.createTask(() -> writeOften(writer, helpers));
                        byte[] ignored = reader.readUntil("!".getBytes(US_ASCII));
                      }),
                      directory);
              for (int client = 0; client < MISTAKES; client++) {
                StreamConnection streams = way.connect(server, directory);
                streams.writer().write(MUCH);
                helpers.await(client + 1);
                streams.writer().transport().abort();
              }
              ends.await(MISTAKES);
              server.close();
              server.waitClosed();
            });

    assertThat(logged).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kindsAndWays")
  void handlersThatTheirServerHasCutOffLogNothing(Kind kind, Way way) {
    String logged =
        logged(
            kind,
            directory -> {
              Ends ends = new Ends();
              Ends helpers = new Ends();
              Server server =
                  way.serve(
                      ends.counting((reader, writer) -> {
                        var _ = Asyncio.createTask(() -> writeOften(writer, helpers));
                        byte[] ignored = reader.readExactly(5);
                      }),
                      directory);
              for (int client = 0; client < MISTAKES; client++) {
                StreamConnection streams = way.connect(server, directory);
                byte[] ignored = streams.reader().read(1);
                if (client % 2 == 0) {
                  server.abortClients();
                } else {
                  server.closeClients();
                }
                helpers.await(client + 1);
                streams.writer().transport().abort();
              }
              ends.await(MISTAKES);
              server.close();
              server.waitClosed();
            });

    assertThat(logged).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kindsAndWays")
  void eachMistakeOfAHandlerIsLoggedOnce(Kind kind, Way way) {
    String logged =
        logged(
            kind,
            directory -> {
              Ends ends = new Ends();
              Server server =
                  way.serve(
                      ends.counting((reader, writer) -> {
                        writer.transport().abort();
                        throw new IOException("a mistake of the handler");
                      }),
                      directory);
              for (int client = 0; client < MISTAKES; client++) {
                try (StreamConnection streams = way.connect(server, directory)) {
                  byte[] ignored = streams.reader().readAll();
                } catch (IOException lost) {
                  // TLS was not ended in order.
                }
              }
              ends.await(MISTAKES);
              server.close();
              server.waitClosed();
            });

    assertThat(logged.lines().filter("java.io.IOException: a mistake of the handler"::equals))
        .hasSize(MISTAKES);
    assertThat(logged.lines().filter(line -> line.startsWith("SEVERE"))).hasSize(MISTAKES);
    assertThat(logged.lines().filter(line -> line.startsWith("WARNING"))).isEmpty();
  }

  private static void writeOn(StreamWriter writer) throws IOException {
    while (true) {
      writer.write(MUCH);
      writer.drain();
    }
  }

  /** Writes until the connection is over, and then some more. */
  private static boolean writeOften(StreamWriter writer, Ends helpers) {
    while (!writer.isClosing()) {
      writer.write(new byte[1]);
      TlsLoops.yieldOnce();
    }
    for (int tick = 0; tick < 20; tick++) {
      writer.write(new byte[1]);
      TlsLoops.yieldOnce();
    }
    helpers.add();
    return true;
  }

  /** How many have ended; on the thread of the loop. */
  private static final class Ends {

    private int count;

    void add() {
      count++;
    }

    ClientHandler counting(ClientHandler handler) {
      return (reader, writer) -> {
        try {
          handler.handle(reader, writer);
        } finally {
          add();
        }
      };
    }

    void await(int expected) {
      TlsLoops.yieldUntil(() -> count >= expected);
      TlsLoops.yieldOnce();
      TlsLoops.yieldOnce();
    }
  }

  private interface Body {
    void run(Path directory) throws Exception;
  }

  /**
   * The log entries of a body at the default levels, including those of the default exception
   * handler.
   */
  private static String logged(Kind kind, Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Handler handler = new StreamHandler(bytes, new LevelFirst());
    handler.setLevel(Level.INFO);
    Logger logger = Logger.getLogger("org.asyncio4j");
    boolean passedOn = logger.getUseParentHandlers();
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
    List<Path> made = new ArrayList<>();
    Callable<Boolean> inDirectory =
        () -> {
          Path directory = Files.createTempDirectory("rude");
          made.add(directory);
          body.run(directory);
          return true;
        };
    try (EventLoop loop =
        kind.provider().open(LoopContext.defaults().withCoroutines(kind.mode()))) {
      boolean ignored = loop.<Boolean>runUntilComplete(loop.createTask(inDirectory));
      for (Path directory : made) {
        Files.delete(directory);
      }
    } catch (IOException left) {
      throw new AssertionError(left);
    } finally {
      handler.flush();
      logger.removeHandler(handler);
      logger.setUseParentHandlers(passedOn);
    }
    return bytes.toString(US_ASCII);
  }

  private static final class LevelFirst extends SimpleFormatter {

    @Override
    public String format(java.util.logging.LogRecord entry) {
      return entry.getLevel().getName()
          + " "
          + formatMessage(entry)
          + System.lineSeparator()
          + (entry.getThrown() == null ? "" : entry.getThrown() + System.lineSeparator());
    }
  }
}
