package org.asyncio4j.tck.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that begin to speak TLS, and what becomes of them when that fails. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamsStartTlsTest {

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void streamsMaySpeakTlsFromTheBeginning(Kind kind) {
    String received =
        kind.run(() -> {
          Server server =
              Asyncio.startServer(
                  (reader, writer) -> {
                    try (writer) {
                      writer.write(reader.readLine());
                      writer.write(
                          writer.extraInfo(ExtraInfo.TLS_VERSION).orElse("none"), US_ASCII);
                    }
                  },
                  TlsLoops.loopback().withTls(TlsLoops.SERVER));
          StreamConnection client =
              Asyncio.openConnection(TlsLoops.to(server).withTls(TlsLoops.CLIENT));
          client.writer().write("hello\n", US_ASCII);
          String all = new String(client.reader().readAll(), US_ASCII);
          end(client.writer(), server);
          return all;
        });
    assertThat(received).isEqualTo("hello\nTLSv1.3");
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void bothRolesContinueWithTheSameStreams(Kind kind) {
    for (boolean reversed : new boolean[] {false, true}) {
      String received =
          kind.run(() -> {
            Server server =
                Asyncio.startServer(
                    (reader, writer) -> {
                      try (writer) {
                        writer.write("plain " + line(reader), US_ASCII);
                        start(writer, reversed ? TlsRole.CLIENT : null, TlsLoops.SERVER);
                        writer.write("secret " + line(reader), US_ASCII);
                      }
                    },
                    TlsLoops.loopback());
            StreamConnection client = Asyncio.openConnection(TlsLoops.to(server));
            client.writer().write("one\n", US_ASCII);
            String first = line(client.reader());
            start(client.writer(), reversed ? TlsRole.SERVER : null, TlsLoops.CLIENT);
            assertThat(client.writer().extraInfo(ExtraInfo.CIPHER)).isPresent();
            client.writer().write("two\n", US_ASCII);
            String rest = new String(client.reader().readAll(), US_ASCII);
            end(client.writer(), server);
            return first + rest;
          });
      assertThat(received).isEqualTo("plain one\nsecret two\n");
    }
  }

  private static void start(StreamWriter writer, TlsRole role, TlsOptions options)
      throws IOException {
    if (role == null) {
      writer.startTls(options);
    } else {
      // Each end trusts the certificate of the other one, whatever it plays.
      writer.startTls(options.withServerName("localhost"), role);
    }
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void theHandshakeMayArriveWithTheLastPlainLine(Kind kind) {
    String received =
        kind.run(() -> {
          Server server =
              Asyncio.startServer(
                  (reader, writer) -> {
                    try (writer) {
                      assertThat(line(reader)).isEqualTo("STARTTLS\n");
                      assertThat(writer.transport().protocol().toString())
                          .as("some of the handshake must be there")
                          .doesNotContain(": 0 bytes");
                      writer.startTls(TlsLoops.SERVER);
                      writer.write(reader.readLine());
                    }
                  },
                  TlsLoops.loopback());
          try (GluingRelay relay = new GluingRelay(server.port())) {
            StreamConnection client =
                Asyncio.openConnection(ConnectOptions.to("127.0.0.1", relay.port()));
            client.writer().write("STARTTLS\n", US_ASCII);
            client.writer().startTls(TlsLoops.CLIENT); // without waiting for a response
            client.writer().write("hello\n", US_ASCII);
            String all = new String(client.reader().readAll(), US_ASCII);
            end(client.writer(), server);
            return all;
          }
        });
    assertThat(received).isEqualTo("hello\n");
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void anInjectedCommandIsNotReadAsEncrypted(Kind kind) {
    kind.run(() -> {
      Promise<Throwable> refused = Asyncio.runningLoop().createFuture();
      Promise<Throwable> read = Asyncio.runningLoop().createFuture();
      Server server =
          Asyncio.startServer(
              (reader, writer) -> {
                assertThat(line(reader)).isEqualTo("STARTTLS\n");
                refused.setResult(catchThrowable(() -> writer.startTls(TlsLoops.SERVER)));
                read.setResult(catchThrowable(() -> reader.read(100)));
              },
              TlsLoops.loopback());
      try (Socket victim = new Socket("127.0.0.1", server.port())) {
        victim.getOutputStream().write("STARTTLS\nDELETE everything\n".getBytes(US_ASCII));
        Thread handshake = Thread.ofVirtual().start(() -> shakeHands(victim));
        assertThat(refused.await()).isInstanceOf(SSLException.class);
        assertThat(read.await()).isSameAs(refused.result());
        server.close();
        server.waitClosed();
        handshake.interrupt();
      }
      return true;
    });
  }

  private static void shakeHands(Socket plain) {
    try (SSLSocket socket =
        (SSLSocket)
            TlsLinks.context("client", "server")
                .getSocketFactory()
                .createSocket(plain, "localhost", plain.getPort(), true)) {
      socket.startHandshake();
    } catch (IOException refused) {
      // As the server must.
    }
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void anInjectedResponseIsNotReadEither(Kind kind) {
    kind.run(() -> {
      Server server =
          Asyncio.startServer(
              (reader, writer) -> {
                assertThat(line(reader)).isEqualTo("STARTTLS\n");
                writer.write("ready\nforged\n", US_ASCII);
                assertThatThrownBy(() -> writer.startTls(TlsLoops.SERVER))
                    .isInstanceOf(IOException.class);
              },
              TlsLoops.loopback());
      StreamConnection client = Asyncio.openConnection(TlsLoops.to(server));
      client.writer().write("STARTTLS\n", US_ASCII);
      assertThat(line(client.reader())).isEqualTo("ready\n");
      assertThatThrownBy(() -> client.writer().startTls(TlsLoops.CLIENT))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> client.reader().read(100)).isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> client.writer().waitClosed()).isInstanceOf(SSLException.class);
      server.close();
      server.waitClosed();
      return true;
    });
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void bothEndsFailIfACertificateIsNotTrusted(Kind kind) {
    kind.run(() -> {
      Promise<Throwable> ofServer = Asyncio.runningLoop().createFuture();
      Server server =
          Asyncio.startServer(
              (reader, writer) ->
                  ofServer.setResult(catchThrowable(() -> writer.startTls(TlsLoops.SERVER))),
              TlsLoops.loopback());
      StreamConnection client = Asyncio.openConnection(TlsLoops.to(server));
      TlsOptions wary = TlsLinks.wary().withServerName("localhost");
      assertThatThrownBy(() -> client.writer().startTls(wary)).isInstanceOf(SSLException.class);
      assertThat(ofServer.await()).isInstanceOf(SSLException.class);
      server.close();
      server.waitClosed();
      return true;
    });
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void noTaskReadsOrWritesDuringTheHandshake(Kind kind) {
    kind.run(() -> {
      Server server = Asyncio.startServer((reader, writer) -> silent(reader), TlsLoops.loopback());
      StreamConnection client = Asyncio.openConnection(TlsLoops.to(server));
      Task<byte[]> reading = Asyncio.createTask(() -> client.reader().read(1));
      Asyncio.sleep(Duration.ZERO);
      assertThatThrownBy(() -> client.writer().startTls(TlsLoops.CLIENT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another task waits in StreamReader.read");
      assertThat(reading.cancel()).isTrue();
      assertThat(catchThrowable(reading::await)).isInstanceOf(CancelledError.class);

      Task<Throwable> upgrading =
          Asyncio.createTask(() -> catchThrowable(() -> client.writer().startTls(TlsLoops.CLIENT)));
      Asyncio.sleep(Duration.ZERO);
      assertThatThrownBy(() -> client.writer().write(new byte[1]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("startTls");
      assertThatThrownBy(() -> client.reader().read(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("startTls");
      assertThatThrownBy(() -> client.writer().startTls(TlsLoops.CLIENT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("startTls");
      client.close();
      assertThat(upgrading.await()).isInstanceOf(IOException.class);
      server.closeClients();
      server.close();
      server.waitClosed();
      return true;
    });
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void cancellingClosesTheConnectionForAllTasks(Kind kind) {
    kind.run(() -> {
      Promise<Boolean> ended = Asyncio.runningLoop().createFuture();
      Server server =
          Asyncio.startServer(
              (reader, writer) -> {
                try (writer) {
                  silent(reader);
                }
                ended.setResult(true);
              },
              TlsLoops.loopback());
      StreamConnection client = Asyncio.openConnection(TlsLoops.to(server));
      Task<Throwable> upgrading =
          Asyncio.createTask(() -> catchThrowable(() -> client.writer().startTls(TlsLoops.CLIENT)));
      Asyncio.sleep(Duration.ZERO);
      Task<Throwable> closing =
          Asyncio.createTask(() -> catchThrowable(() -> client.writer().waitClosed()));
      Asyncio.sleep(Duration.ZERO);
      assertThat(upgrading.cancel()).isTrue();
      assertThat(upgrading.await()).isInstanceOf(CancelledError.class);
      assertThat(closing.await()).isInstanceOf(IOException.class).hasMessageContaining("startTls");
      assertThatThrownBy(() -> client.reader().read(1)).isInstanceOf(IOException.class);
      assertThat(ended.await()).isTrue();
      server.close();
      server.waitClosed();
      return true;
    });
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void refusedOptionsChangeNothing(Kind kind) {
    kind.run(() -> {
      Server server =
          Asyncio.startServer(
              (reader, writer) -> {
                try (writer) {
                  writer.write("first\nsecond\n", US_ASCII);
                  writer.write(reader.readLine());
                }
              },
              TlsLoops.loopback());
      StreamConnection client = Asyncio.openConnection(TlsLoops.to(server));
      assertThat(line(client.reader())).isEqualTo("first\n");
      assertThatThrownBy(() -> client.writer().startTls(TlsOptions.defaults()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("serverName");
      client.writer().write("third\n", US_ASCII);
      assertThat(new String(client.reader().readAll(), US_ASCII)).isEqualTo("second\nthird\n");
      end(client.writer(), server);
      return true;
    });
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aHandlerThatEndsAndAServerThatClosesSendCloseNotify(Kind kind) {
    for (boolean cancelled : new boolean[] {true, false}) {
      kind.run(() -> {
        Promise<Task<?>> handling = Asyncio.runningLoop().createFuture();
        Server server =
            Asyncio.startServer(
                (reader, writer) -> {
                  writer.startTls(TlsLoops.SERVER);
                  handling.setResult(Asyncio.currentTask().orElseThrow());
                  silent(reader);
                },
                TlsLoops.loopback());
        StreamConnection client = Asyncio.openConnection(TlsLoops.to(server));
        client.writer().startTls(TlsLoops.CLIENT);
        Task<?> handler = handling.await();
        if (cancelled) {
          assertThat(handler.cancel()).isTrue();
        } else {
          server.closeClients();
        }
        // A stream that is cut off would fail with TlsTruncationException.
        assertThat(client.reader().readAll()).isEmpty();
        end(client.writer(), server);
        return true;
      });
    }
  }

  private static void silent(StreamReader reader) throws IOException {
    while (reader.read(1000).length > 0) {}
  }

  private static String line(StreamReader reader) throws IOException {
    return new String(reader.readLine(), US_ASCII);
  }

  private static void end(StreamWriter writer, Server server) throws IOException {
    writer.close();
    writer.waitClosed();
    server.close();
    server.waitClosed();
  }
}
