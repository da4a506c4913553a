package org.asyncio4j.tck.rules.tls;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.ArenaBuffers;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 17, part four: connections that switch to TLS later. */
@Requires({Capability.TLS, Capability.TCP_CLIENT, Capability.TCP_SERVER})
final class StartTlsRules {

  private static final TlsOptions CLIENT = TlsLinks.trusting().withServerName("localhost");
  private static final int HELLO_RECORD = 22;

  private final LoopFixture fixture;
  private final Network network;
  private final Trace plainClient = new Trace();
  private final Trace plainServer = new Trace();
  private final Trace ofClient = new Trace();
  private final Trace ofServer = new Trace();
  private final ProbeProtocol client = new ProbeProtocol(ofClient);
  private final ProbeProtocol server = new ProbeProtocol(ofServer);

  StartTlsRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Begins TLS on both ends of a plain connection, and exchanges data. */
  @Rule("17.23")
  @Hint("Pass only data from the new transport to the new protocol.")
  void aPlainConnectionIsUpgradedToTls() {
    ProbeProtocol before = new ProbeProtocol(plainServer);
    Transport plain = connect(new ProbeProtocol(plainClient), before);

    List<Transport> secured = upgradeBoth(plain, before.transport());
    network.perform(() -> secured.getFirst().write(Network.bytes("secret")));
    network.perform(() -> secured.getLast().write(Network.bytes("result")));
    fixture
        .patience()
        .until("the server must receive the data", () -> server.received().equals("secret"));
    fixture
        .patience()
        .until("the client must receive the data", () -> client.received().equals("result"));
    ofClient.expect("the calls of the new protocol", "dataReceived");
    ofServer.expect("the calls of the new protocol", "dataReceived");
    plainClient.expect("the calls of the former protocol", "connectionMade");
    plainServer.expect("the calls of the former protocol", "connectionMade");
  }

  /** Makes the former protocol of a server receive the beginning of the handshake. */
  @Rule("17.24")
  @Hint("Decrypt the data that `startTls` is given before data that arrives.")
  void dataReceivedBeforeIsNotLost() {
    AtomicReference<byte[]> early = new AtomicReference<>(new byte[0]);
    ProbeProtocol before =
        new ProbeProtocol(plainServer) {
          @Override
          public void dataReceived(ByteBuffer data) {
            byte[] copy = new byte[data.remaining()];
            data.get(copy);
            early.set(copy);
            transport().pauseReading();
          }
        };
    Transport plain = connect(new ProbeProtocol(plainClient), before);
    Task<Transport> upgrading = beginAtClient(plain);
    fixture.patience().until("the client must begin the handshake", () -> early.get().length > 0);
    Expect.equal("the first byte", HELLO_RECORD, (int) early.get()[0]);

    Transport secured =
        network.run(() ->
            network
                .loop()
                .startTls(
                    before.transport(),
                    server,
                    TlsLinks.serving(),
                    TlsRole.SERVER,
                    ByteBuffer.wrap(early.get())));
    Transport other = network.run(upgrading::await);
    network.perform(() -> secured.write(Network.bytes("hello")));
    fixture
        .patience()
        .until("the client must receive the data", () -> client.received().equals("hello"));
    network.perform(other::close);
  }

  /** Cancels a task that waits for the handshake of a silent peer. */
  @Rule("17.25")
  @Hint("Close the transport when the wait ends with a throwable.")
  void cancellingStartTlsClosesTheConnection() {
    ProbeProtocol silent = new ProbeProtocol(plainServer);
    Transport plain = connect(new ProbeProtocol(plainClient), silent);
    Task<Transport> upgrading = beginAtClient(plain);
    fixture
        .patience()
        .until("the client must begin the handshake", () -> !silent.received().isEmpty());

    network.perform(() -> Expect.that("cancel must succeed", upgrading.cancel()));

    CancelledError ignored =
        network.run(() ->
            Expect.thrown(CancelledError.class, "a startTls that is cancelled", upgrading::await));
    fixture.patience().await("the peer must lose the connection", silent.lost());
    ofClient.expect("the calls of the new protocol");
  }

  /** Begins TLS on a connection that already uses TLS. */
  @Rule("17.26")
  @Hint("Accept any stream transport as the underlying one.")
  void tlsWorksOverTls() {
    ProbeProtocol before = new ProbeProtocol(plainServer);
    Transport plain = connect(new ProbeProtocol(plainClient), before);
    List<Transport> outer = upgradeBoth(plain, before.transport());

    List<Transport> inner = upgradeBoth(outer.getFirst(), outer.getLast());
    network.perform(() -> inner.getFirst().write(Network.bytes("twice")));
    fixture
        .patience()
        .until("the server must receive the data", () -> server.received().equals("twice"));
    network.perform(inner.getFirst()::close);

    fixture.patience().await("the server must lose the connection", server.lost());
    ofServer.expect("the calls of the server", "dataReceived", "eofReceived", "connectionLost");
  }

  /**
   * Calls {@code startTls} with invalid options, and with a buffer whose memory was freed, and then
   * exchanges plain text.
   */
  @Rule("17.43")
  @Hint("Check everything before the connection is touched.")
  void aRefusedStartTlsChangesNothing() {
    ProbeProtocol former = new ProbeProtocol(plainClient);
    ProbeProtocol far = new ProbeProtocol(plainServer);
    Transport plain = connect(former, far);
    TlsOptions nameless = TlsOptions.defaults();
    TlsOptions unknown = TlsLinks.serving().withProtocols(List.of("TLSv9"));

    StringBuilder sent = new StringBuilder();
    for (int round = 0; round < 2; round++) {
      expectRefusal(IllegalArgumentException.class, plain, nameless, TlsRole.CLIENT, 0);
      expectRefusal(IllegalArgumentException.class, plain, nameless, TlsRole.SERVER, 0);
      expectRefusal(IllegalArgumentException.class, plain, unknown, TlsRole.SERVER, 0);
      expectRefusal(IllegalStateException.class, plain, CLIENT, TlsRole.CLIENT, 1);
      network.perform(() -> far.transport().write(Network.bytes("plain")));
      sent.append("plain");
      fixture
          .patience()
          .until(
              "the former protocol must receive the data",
              () -> former.received().contentEquals(sent));
    }
    ofClient.expect("the calls of the new protocol");
  }

  private <X extends RuntimeException> void expectRefusal(
      Class<X> type, Transport plain, TlsOptions options, TlsRole role, int freedBytes) {
    ByteBuffer heard = freedBytes == 0 ? ByteBuffer.allocate(0) : ArenaBuffers.freed(freedBytes);
    network.runTask(() -> {
      StreamProtocol former = plain.protocol();
      X ignored =
          Expect.thrown(
              type,
              "startTls as a %s by %s".formatted(role, options),
              () -> network.loop().startTls(plain, client, options, role, heard));
      Expect.same("the protocol after it", former, plain.protocol());
      Expect.that("the connection must stay open", !plain.isClosing());
    });
  }

  private Task<Transport> beginAtClient(Transport plain) {
    return network.call(() ->
        network
            .loop()
            .createTask(() -> network.loop().startTls(plain, client, CLIENT, TlsRole.CLIENT)));
  }

  private Transport connect(StreamProtocol ofClientEnd, ProbeProtocol ofServerEnd) {
    Server serving = network.serve(() -> ofServerEnd);
    ConnectOptions options = network.to(serving);
    Transport plain =
        network.run(() -> network.loop().createConnection(() -> ofClientEnd, options).transport());
    fixture.patience().await("the server's connection must be made", ofServerEnd.made());
    return plain;
  }

  /** Gathers both, so that neither failure is left unretrieved if the connection breaks. */
  private List<Transport> upgradeBoth(Transport ofClientEnd, Transport ofServerEnd) {
    EventLoop loop = network.loop();
    return network.run(() ->
        Asyncio.gather(
                List.of(
                    loop.createTask(
                        () -> loop.startTls(ofClientEnd, client, CLIENT, TlsRole.CLIENT)),
                    loop.createTask(() ->
                        loop.startTls(ofServerEnd, server, TlsLinks.serving(), TlsRole.SERVER))))
            .await());
  }
}
