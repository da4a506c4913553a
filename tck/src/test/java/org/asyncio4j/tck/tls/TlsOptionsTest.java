package org.asyncio4j.tck.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.tck.driver.Descriptors;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options that do not do are refused before anything has changed. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsOptionsTest {

  private static final List<String> UNKNOWN = List.of("TLSv1.3", "TLS1.2");
  private static final TlsOptions CLIENT = TlsLoops.CLIENT.withProtocols(UNKNOWN);
  private static final TlsOptions SERVER = TlsLoops.SERVER.withProtocols(UNKNOWN);

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aServerWithAnUnknownVersionIsNotBound(Kind kind) {
    kind.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      Descriptors before = Descriptors.now();
      assertVersionIsRefused(() ->
          loop.createServer(
              () -> {
                throw new AssertionError("clients cannot connect");
              },
              TlsLoops.loopback().withTls(SERVER)));
      assertThat(Descriptors.now()).isEqualTo(before);
      return true;
    });
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aClientWithAnUnknownVersionDoesNotConnect(Kind kind) {
    kind.run(() -> {
      Server server =
          Asyncio.startServer(
              (reader, writer) -> {
                throw new AssertionError("no client connects");
              },
              TlsLoops.loopback());
      assertVersionIsRefused(() -> Asyncio.openConnection(TlsLoops.to(server).withTls(CLIENT)));
      assertVersionIsRefused(() ->
          Asyncio.openConnection(
              TlsLoops.to(server).withTls(TlsOptions.defaults().withProtocols(UNKNOWN))));
      server.close();
      server.waitClosed();
      return true;
    });
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aConnectionThatCannotBeSecuredContinues(Kind kind) {
    String received =
        kind.run(() -> {
          Server server =
              Asyncio.startServer(
                  (reader, writer) -> {
                    try (writer) {
                      assertVersionIsRefused(() -> {
                        writer.startTls(SERVER);
                        return true;
                      });
                      writer.write(reader.readLine());
                    }
                  },
                  TlsLoops.loopback());
          try (StreamConnection client = Asyncio.openConnection(TlsLoops.to(server))) {
            for (TlsOptions refused :
                List.of(
                    CLIENT,
                    TlsOptions.defaults().withServerName("localhost").withProtocols(UNKNOWN))) {
              assertVersionIsRefused(() -> {
                client.writer().startTls(refused, TlsRole.CLIENT);
                return true;
              });
            }
            client.writer().write("in plain\n", US_ASCII);
            return client.reader().readTextLine(US_ASCII).orElse("nothing");
          } finally {
            server.close();
            server.waitClosed();
          }
        });
    assertThat(received).isEqualTo("in plain");
  }

  /** A server that could serve no client is refused at once, and not in each handshake. */
  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aServerWithoutAnEnabledVersionIsNotBound(Kind kind) {
    TlsOptions disabled = TlsLinks.serving().withProtocols(List.of("SSLv2Hello"));
    kind.run(() -> {
      Descriptors before = Descriptors.now();
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              Asyncio.startServer((reader, writer) -> {}, TlsLoops.loopback().withTls(disabled)))
          .withMessageStartingWith("cannot serve TLS with the versions [SSLv2Hello]: ")
          .withCauseInstanceOf(SSLException.class);
      assertThat(Descriptors.now()).isEqualTo(before);
      return true;
    });
  }

  private static void assertVersionIsRefused(Callable<?> call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call::call)
        .withMessageStartingWith(
            "protocols must be versions that the context supports: 'TLS1.2' is none of [");
  }
}
