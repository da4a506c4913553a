package org.asyncio4j.tck.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.tls.TlsClientAuthentication;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that has a context for each of its names. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerNamesTest {

  private static final SSLContext ELSEWHERE = TlsLinks.context("stranger", "client");

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void eachNameHasItsContext(Kind kind) {
    List<String> asked = new ArrayList<>();
    TlsOptions options =
        TlsOptions.with(TlsLinks.context("server", "server"))
            .withClientAuthentication(TlsClientAuthentication.REQUIRED)
            .withContextChooser(name -> {
              asked.add(name);
              return switch (name) {
                case "elsewhere.example" -> Optional.of(ELSEWHERE);
                case "localhost" -> Optional.of(TlsLinks.context("server", "client"));
                default -> Optional.empty();
              };
            });
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      kind.run(() -> {
        Server server =
            Asyncio.startServer(
                (reader, writer) -> {
                  try (writer) {
                    boolean ofElsewhere =
                        writer
                            .extraInfo(ExtraInfo.SSL_CONTEXT)
                            .filter(ELSEWHERE::equals)
                            .isPresent();
                    writer.write(ofElsewhere ? "elsewhere" : "here", US_ASCII);
                  }
                },
                TlsLoops.loopback().withTls(options.withProtocols(List.of(version))));
        // Both of the client's contexts show a certificate that only the chosen contexts trust.
        assertThat(talk(server, "client", "stranger", "elsewhere.example"))
            .isEqualTo("CN=stranger says elsewhere");
        assertThat(talk(server, "client", "server", "localhost")).isEqualTo("CN=server says here");
        // No chooser is called for a literal address: the first context does not trust the client.
        assertThat(catchThrowable(() -> talk(server, "client", "server", "127.0.0.1")))
            .isInstanceOf(IOException.class);
        assertThat(talk(server, "server", "server", "127.0.0.1")).isEqualTo("CN=server says here");
        server.close();
        server.waitClosed();
        return true;
      });
    }
    assertThat(asked)
        .containsExactly("elsewhere.example", "localhost", "elsewhere.example", "localhost");
  }

  private static String talk(Server server, String shown, String trusted, String name)
      throws IOException {
    TlsOptions options = TlsOptions.with(TlsLinks.context(shown, trusted)).withServerName(name);
    try (StreamConnection client = Asyncio.openConnection(TlsLoops.to(server).withTls(options))) {
      X509Certificate certificate =
          (X509Certificate)
              client.writer().extraInfo(ExtraInfo.PEER_CERTIFICATES).orElseThrow().getFirst();
      String said = new String(client.reader().readAll(), US_ASCII);
      return certificate.getSubjectX500Principal().getName().split(",")[0] + " says " + said;
    }
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aChooserThatThrowsIsReportedAndFailsTheHandshake(Kind kind) {
    List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    Throwable refused =
        kind.run(
            reports,
            () -> {
              Server server =
                  Asyncio.startServer(
                      (reader, writer) -> writer.close(),
                      TlsLoops.loopback()
                          .withTls(
                              TlsLoops.SERVER.withContextChooser(name -> {
                                throw new IllegalStateException("on purpose");
                              })));
              Throwable thrown =
                  catchThrowable(
                      () -> Asyncio.openConnection(TlsLoops.to(server).withTls(TlsLoops.CLIENT)));
              server.close();
              server.waitClosed();
              return thrown;
            });
    assertThat(refused).isInstanceOf(IOException.class);
    assertThat(reports).hasSize(1);
    assertThat(reports.getFirst().exception().orElseThrow()).hasMessage("on purpose");
  }
}
