package org.asyncio4j.tck.rules.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsConfigurationException;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 17, part eight: handshakes that fail because of a mistake of this end. */
@Requires({Capability.TLS, Capability.TCP_SERVER})
final class TlsMistakeRules {

  private static final List<String> USUAL =
      List.of("ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256");
  private static final List<String> ODD =
      List.of("ed448"); // the keys of the kit are of another type

  private final LoopFixture fixture;
  private final Network network;
  private final Trace ofServer = new Trace();

  TlsMistakeRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Connects clients to servers without a key, which use TLS from the beginning or switch to it
   * later.
   */
  @Rule("17.45")
  @Hint("Do not attribute the failure of a server that cannot serve any client to its peer.")
  @Direct("it expects a report, and to report what a peer does is a violation")
  void aServerThatCanServeNoClientReportsIt() throws IOException {
    Server speaking = serve(TlsLinks.keyless());
    Server beginning = serveStreams(TlsLinks.keyless());
    for (int client = 0; client < 2; client++) {
      for (Server server : new Server[] {speaking, beginning}) {
        expectNoHandshake(server, USUAL);
        expectReport();
      }
    }
    ofServer.expect("the calls of the protocols");
  }

  private void expectReport() {
    AtomicReference<ErrorReport> report = new AtomicReference<>();
    fixture
        .patience()
        .until(
            "a server without a key must report its mistake",
            () -> {
              Optional<ErrorReport> next = fixture.pollReport();
              next.ifPresent(report::set);
              return next.isPresent();
            });
    Throwable reported = report.get().exception().orElse(null);
    Expect.that(
        "TlsConfigurationException must be reported but was " + reported,
        reported instanceof TlsConfigurationException);
  }

  /** Connects clients that accept none of the server's keys. */
  @Rule("17.46")
  @Hint("Treat a refusal as a mistake of this end only if it cannot serve any client.")
  void aServerThatCannotServeOneClientReportsNothing() throws IOException {
    Server speaking = serve(TlsLinks.serving());
    Server beginning = serveStreams(TlsLinks.serving());
    for (int client = 0; client < 2; client++) {
      for (Server server : new Server[] {speaking, beginning}) {
        expectNoHandshake(server, ODD);
      }
    }
    fixture
        .patience()
        .during("the protocols must not be called", () -> ofServer.events().isEmpty());
  }

  private void expectNoHandshake(Server server, List<String> signatures) throws IOException {
    Socket plain = network.connectTo(server).socket();
    try (SSLSocket socket =
        (SSLSocket)
            TlsLinks.context("client", "server")
                .getSocketFactory()
                .createSocket(plain, "localhost", plain.getPort(), true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setSignatureSchemes(signatures.toArray(String[]::new));
      socket.setSSLParameters(parameters);
      // On a busy machine a reset may overtake the alert.
      IOException ignored =
          Expect.thrown(IOException.class, "the handshake of the client", socket::startHandshake);
    }
  }

  private Server serve(TlsOptions options) {
    return network.serve(
        () -> new ProbeProtocol(ofServer), ServerOptions.on(Network.HOST, 0).withTls(options));
  }

  private Server serveStreams(TlsOptions options) {
    return network.run(() ->
        Asyncio.startServer(
            (reader, writer) -> {
              try (writer) {
                writer.startTls(options);
              }
            },
            ServerOptions.on(Network.HOST, 0)));
  }
}
