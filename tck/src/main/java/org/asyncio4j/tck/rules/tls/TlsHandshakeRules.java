package org.asyncio4j.tck.rules.tls;

import java.io.IOException;
import java.net.ServerSocket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.tls.TlsClientAuthentication;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.TlsTransportRequest;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 17, part one: how a TLS connection is established, or fails. */
@Requires({Capability.TLS, Capability.TCP_CLIENT, Capability.TCP_SERVER})
final class TlsHandshakeRules {

  private static final int HELLO_RECORD = 22;

  private static final String MAKE = "makeTlsTransport";

  private final LoopFixture fixture;
  private final Network network;
  private final TlsLinks links;
  private final Trace ofClient = new Trace();
  private final Trace ofServer = new Trace();
  private final ProbeProtocol client = new ProbeProtocol(ofClient);
  private final ProbeProtocol server = new ProbeProtocol(ofServer);

  TlsHandshakeRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.links = new TlsLinks(network);
  }

  /** Connects a TLS client and server, and checks the hook. */
  @Rule("17.1")
  @Hint("Call the hook once for each end, and use the host as the server name.")
  void theHookMakesEachEnd() {
    HookLog hooks = HookLog.of(network.loop());

    Transport transport = links.connect(client, server);
    fixture.patience().await("the server's connection must be made", server.made());

    List<TlsTransportRequest> made = hooks.requests(MAKE, TlsTransportRequest.class);
    Expect.equal("the number of TLS transports", 2, made.size());
    TlsTransportRequest first =
        made.stream().filter(found -> found.role() == TlsRole.CLIENT).findFirst().orElseThrow();
    Expect.same("the protocol", client, first.protocol());
    Expect.equal("the server's name", Optional.of(Network.HOST), first.options().serverName());
    Expect.that("a waiter must be given", first.waiter().isPresent());
    Expect.that(
        "the transport must be the hook's",
        hooks.callsOf(MAKE).stream().anyMatch(call -> call.result() == transport));
  }

  /** Reads the negotiated parameters in {@code connectionMade}. */
  @Rule("17.2")
  @Hint("Call `connectionMade` when the handshake is done.")
  void theHandshakeIsDoneWhenTheConnectionIsMade() {
    AtomicReference<String> agreed = new AtomicReference<>("nothing");
    ProbeProtocol asking =
        new ProbeProtocol(ofClient) {
          @Override
          public void connectionMade(Transport connection) {
            super.connectionMade(connection);
            agreed.set(connection.extraInfo(ExtraInfo.CIPHER).orElse("nothing"));
          }
        };

    Transport transport = links.connect(asking, server);

    Expect.that(
        "a cipher must be agreed on in connectionMade but was " + agreed.get(),
        agreed.get().startsWith("TLS_"));
    List<Certificate> shown =
        network.call(() -> transport.extraInfo(ExtraInfo.PEER_CERTIFICATES).orElse(List.of()));
    Expect.equal("the number of certificates of the server", 1, shown.size());
    Expect.that(
        "the session must be known",
        network.call(() -> transport.extraInfo(ExtraInfo.SSL_SESSION).isPresent()));
  }

  /**
   * Checks the waiter in {@code connectionMade}, and in a callback that this schedules, while the
   * server sends at once.
   */
  @Rule("17.3")
  @Hint("Call `connectionMade`, complete the waiter, then deliver data.")
  void theWaiterIsCompletedRightAfterConnectionMade() {
    HookLog hooks = HookLog.of(network.loop());
    ProbeProtocol watching =
        new ProbeProtocol(ofClient) {
          @Override
          public void connectionMade(Transport connection) {
            super.connectionMade(connection);
            ofClient.add(waiterIsDone(hooks) ? "done" : "waiting");
            network.loop().callSoon(() -> ofClient.add(waiterIsDone(hooks) ? "done" : "waiting"));
          }
        };
    ProbeProtocol greeting =
        new ProbeProtocol(ofServer) {
          @Override
          public void connectionMade(Transport connection) {
            super.connectionMade(connection);
            connection.write(Network.bytes("hello"));
          }
        };

    Transport ignored = links.connect(watching, greeting);
    fixture.patience().until("the greeting must arrive", () -> watching.received().equals("hello"));

    List<String> events = ofClient.events();
    Expect.equal("what happens first", List.of("connectionMade", "waiting"), events.subList(0, 2));
    Expect.that("data must come after connectionMade", events.indexOf("dataReceived") > 1);
    Expect.that(
        "the waiter must be done in the callbacks of connectionMade", events.contains("done"));
  }

  private static boolean waiterIsDone(HookLog hooks) {
    return hooks.requests(MAKE, TlsTransportRequest.class).stream()
        .filter(made -> made.role() == TlsRole.CLIENT)
        .anyMatch(made -> made.waiter().filter(Promise::isDone).isPresent());
  }

  /** Connects a client that trusts another certificate. */
  @Rule("17.4")
  @Hint("Check the certificate with the trust of the context.")
  void anUntrustedCertificateFailsBothEnds() {
    IOException thrown =
        links.refusal(
            "a server that is not trusted",
            client,
            links.to(links.serve(server, TlsLinks.serving()), TlsLinks.wary()));

    Expect.that("an SSLException must be thrown but was " + thrown, thrown instanceof SSLException);
    fixture
        .patience()
        .during(
            "no protocol must be notified of the connection",
            () -> ofClient.events().isEmpty() && ofServer.events().isEmpty());
  }

  /** Connects a client that expects another server name. */
  @Rule("17.5")
  @Hint("Check the name, unless the options disable that.")
  void aCertificateForAnotherNameIsRefused() {
    ConnectOptions options =
        links.to(
            links.serve(server, TlsLinks.serving()),
            TlsLinks.trusting().withServerName("elsewhere.example"));

    IOException thrown = links.refusal("a server of another name", client, options);

    Expect.mentions("the exception", thrown.getMessage(), "elsewhere.example");
    ofClient.expect("the calls of the protocol");
  }

  /** Connects to a server that sends nothing. */
  @Rule("17.6")
  @Hint("Limit the handshake, and close the socket.")
  void aHandshakeThatTakesTooLongFails() throws IOException {
    ServerSocket silent = network.listen();
    Duration limit = Duration.ofMillis(50);

    IOException thrown =
        links.refusal(
            "a server that is silent",
            client,
            Network.to(silent).withTls(TlsLinks.trusting().withHandshakeLimit(limit)));

    Expect.that(
        "TimeoutException must be thrown but was " + thrown, thrown instanceof TimeoutException);
    Expect.mentions("the exception", thrown.getMessage(), limit.toString());
    network.accept(silent).expectClosed("the connection");
    ofClient.expect("the calls of the protocol");
  }

  /** Connects to a server that hangs up instead of responding. */
  @Rule("17.7")
  @Hint("Treat an end of file in the handshake as a failure.")
  void aConnectionThatEndsFailsTheHandshake() throws IOException {
    ServerSocket rude = network.listen();
    Thread ending = Thread.ofVirtual().start(() -> acceptAndEnd(rude));

    IOException thrown =
        links.refusal(
            "a server that hangs up", client, Network.to(rude).withTls(TlsLinks.trusting()));

    Expect.that("a reason must be given", thrown.getMessage() != null);
    ofClient.expect("the calls of the protocol");
    ending.interrupt();
  }

  private void acceptAndEnd(ServerSocket listener) {
    try {
      Peer peer = network.accept(listener);
      peer.sendEof();
    } catch (IOException gone) {
      // The loop has closed it already.
    }
  }

  /** Connects to a server that does not speak TLS. */
  @Rule("17.8")
  @Hint("Treat anything that is not TLS as a failure of the handshake.")
  void aResponseThatIsNotTlsFailsTheHandshake() throws IOException {
    ServerSocket plain = network.listen();
    Thread ignored = Thread.ofVirtual().start(() -> acceptAndGreet(plain));

    IOException thrown =
        links.refusal(
            "a server without TLS", client, Network.to(plain).withTls(TlsLinks.trusting()));

    Expect.that("an SSLException must be thrown but was " + thrown, thrown instanceof SSLException);
    ofClient.expect("the calls of the protocol");
  }

  private void acceptAndGreet(ServerSocket listener) {
    try {
      network.accept(listener).send("220 plain.example ready to serve you\r\n");
    } catch (IOException gone) {
      // The loop has closed it already.
    }
  }

  /** Makes a server require certificates. */
  @Rule("17.9")
  @Hint("Pass the options to the engine, and the peer's certificates to the transport.")
  void aServerSeesTheCertificateThatItRequires() {
    Transport ignored =
        links.connect(
            client,
            TlsLinks.trusting(),
            server,
            TlsLinks.serving().withClientAuthentication(TlsClientAuthentication.REQUIRED));
    fixture.patience().await("the server's connection must be made", server.made());

    @Nullable Integer shown =
        network.call(() ->
            server.transport().extraInfo(ExtraInfo.PEER_CERTIFICATES).orElse(List.of()).size());

    Expect.equal("the number of certificates of the client", 1, shown);
  }

  /** Makes both ends offer protocols. */
  @Rule("17.10")
  @Hint("Pass the options to the engine, and the negotiated protocol to the transport.")
  void bothEndsKnowTheProtocolThatAlpnHasChosen() {
    Transport transport =
        links.connect(
            client,
            TlsLinks.trusting().withApplicationProtocols(List.of("h2", "http/1.1")),
            server,
            TlsLinks.serving().withApplicationProtocols(List.of("http/1.1")));
    fixture.patience().await("the server's connection must be made", server.made());

    for (Transport end : List.of(transport, server.transport())) {
      Expect.equal(
          "the protocol",
          "http/1.1",
          network.call(() -> end.extraInfo(ExtraInfo.ALPN_PROTOCOL).orElse("none")));
    }
  }

  /** Connects to a server by a name for which it has other keys. */
  @Rule("17.29")
  @Hint("Call the chooser of the options before the engine responds to the client.")
  void aServerHasKeysForEachOfItsNames() {
    TlsOptions named =
        TlsLinks.serving()
            .withContextChooser(name ->
                name.equals("elsewhere.example")
                    ? Optional.of(TlsLinks.context("stranger", "client"))
                    : Optional.empty());

    Transport elsewhere =
        links.connect(client, TlsLinks.wary().withServerName("elsewhere.example"), server, named);
    Transport here =
        links.connect(client, TlsLinks.trusting().withServerName("localhost"), server, named);

    Expect.equal("the certificate of one name", "CN=stranger", nameShownTo(elsewhere));
    Expect.equal("the certificate of the other name", "CN=server", nameShownTo(here));
  }

  private String nameShownTo(Transport transport) {
    Certificate shown =
        network.call(
            () -> transport.extraInfo(ExtraInfo.PEER_CERTIFICATES).orElse(List.of()).getFirst());
    String name = ((X509Certificate) shown).getSubjectX500Principal().getName();
    return name.split(",", 2)[0];
  }

  /** Cancels a task that waits for the handshake with a silent server. */
  @Rule("17.30")
  @Hint("Close the transport when the wait ends with a throwable, and then its socket.")
  void cancellingTheHandshakeClosesTheSocket() throws IOException {
    ServerSocket silent = network.listen();
    EventLoop loop = network.loop();
    ConnectOptions options = Network.to(silent).withTls(TlsLinks.trusting());
    Task<Connection<ProbeProtocol>> connecting =
        network.call(() -> loop.createTask(() -> loop.createConnection(() -> client, options)));
    Peer peer = network.accept(silent);
    Expect.equal("the first byte", HELLO_RECORD, (int) peer.receive(1)[0]);

    network.perform(() -> Expect.that("cancel must succeed", connecting.cancel()));

    CancelledError ignored =
        network.run(() ->
            Expect.thrown(
                CancelledError.class, "createConnection when cancelled", connecting::await));
    peer.expectClosed("the connection");
    ofClient.expect("the calls of the protocol");
  }
}
