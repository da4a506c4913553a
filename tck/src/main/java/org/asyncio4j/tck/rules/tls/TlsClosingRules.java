package org.asyncio4j.tck.rules.tls;

import java.time.Duration;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.tls.TlsTruncationException;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 17, part three: how a TLS connection ends. */
@Requires({Capability.TLS, Capability.TCP_CLIENT, Capability.TCP_SERVER})
final class TlsClosingRules {

  private final LoopFixture fixture;
  private final Network network;
  private final TlsLinks links;
  private final Trace ofClient = new Trace();
  private final Trace ofServer = new Trace();
  private final ProbeProtocol client = new ProbeProtocol(ofClient);
  private final ProbeProtocol server = new ProbeProtocol(ofServer);

  TlsClosingRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.links = new TlsLinks(network);
  }

  /** Closes one end, and records the calls at both. */
  @Rule("17.16")
  @Hint("Send `close_notify` in `close`, and respond to that of the peer.")
  void closeSendsCloseNotify() {
    Transport transport = connect();

    network.perform(transport::close);

    fixture.patience().await("the server must lose the connection", server.lost());
    fixture.patience().await("the client must lose the connection", client.lost());
    ofServer.expect("the calls of the server", "connectionMade", "eofReceived", "connectionLost");
    Expect.equal("the server's reason", null, server.reason().orElse(null));
    ofClient.expect("the calls of the client", "connectionMade", "connectionLost");
    Expect.equal("the client's reason", null, client.reason().orElse(null));
  }

  /** Ends the underlying connection without {@code close_notify}. */
  @Rule("17.17")
  @Hint("Distinguish an end without `close_notify` from one with it.")
  void aTruncatedStreamIsDetected() {
    Transport ignored = connect();

    network.perform(server.transport()::abort);

    fixture.patience().await("the client must lose the connection", client.lost());
    ofClient.expect("the calls of the client", "connectionMade", "connectionLost");
    Throwable reason = client.reason().orElse(null);
    Expect.that(
        "TlsTruncationException must be the reason but was " + reason,
        reason instanceof TlsTruncationException);
  }

  /** Writes more than the system takes at once, and closes. */
  @Rule("17.18")
  @Hint("Send `close_notify` after the data that was written before.")
  void closeSendsBufferedData() {
    ProbeProtocol listening = new ProbeProtocol();
    Transport transport = links.connect(client, listening);

    long written =
        network.call(() -> {
          long bytes = Flood.fill(transport);
          transport.close();
          return bytes;
        });
    fixture.patience().await("the server must lose the connection", listening.lost());
    Expect.equal("the number of bytes that arrive", written, (long) listening.receivedCount());
    listening.expectCalls("connectionMade", "dataReceived", "eofReceived", "connectionLost");
  }

  /** Writes after {@code close}. */
  @Rule("17.19")
  @Hint("Drop it.")
  void dataWrittenAfterCloseIsDropped() {
    Transport transport = connect();

    network.perform(() -> {
      transport.write(Network.bytes("last"));
      transport.close();
      transport.write(Network.bytes("late"));
    });

    fixture.patience().await("the server must lose the connection", server.lost());
    Expect.equal("what arrives", "last", server.received());
  }

  /** Makes the peer send after our {@code close}, before it has noticed that. */
  @Rule("17.20")
  @Hint("Drop what is decrypted after `close`.")
  void noDataIsDeliveredAfterClose() {
    Transport transport = connect();

    network.perform(() -> {
      server.transport().pauseReading();
      transport.close();
      server.transport().write(Network.bytes("late"));
    });
    fixture.patience().during("no data must arrive after close", () -> client.received().isEmpty());
    network.perform(server.transport()::resumeReading);

    fixture.patience().await("the client must lose the connection", client.lost());
    ofClient.expect("the calls of the client", "connectionMade", "connectionLost");
  }

  /** Closes a connection whose peer does not read. */
  @Rule("17.21")
  @Hint("Wait for the peer's `close_notify` no longer than the options say.")
  void anUnresponsivePeerDelaysCloseOnlyUpToTheLimit() {
    Duration limit = Duration.ofMillis(50);
    Transport transport =
        links.connect(
            client, TlsLinks.trusting().withShutdownLimit(limit), server, TlsLinks.serving());
    fixture.patience().await("the server's connection must be made", server.made());

    network.perform(() -> {
      server.transport().pauseReading();
      transport.close();
    });

    fixture.patience().await("the client must lose the connection", client.lost());
    Throwable reason = client.reason().orElse(null);
    Expect.that(
        "TimeoutException must be the reason but was " + reason,
        reason instanceof TimeoutException);
    Expect.mentions("the reason", String.valueOf(reason), limit.toString());
  }

  /** Makes a server close its clients, and waits until it is closed. */
  @Rule("17.22")
  @Hint("Make the owner count the TLS transport.")
  void aServerClosesItsClientsWithCloseNotify() {
    Server serving = links.serve(server, TlsLinks.serving());
    ConnectOptions options = links.to(serving, TlsLinks.trusting());
    Transport ignored =
        network.run(() -> network.loop().createConnection(() -> client, options).transport());
    fixture.patience().await("the server's connection must be made", server.made());

    network.runTask(() -> {
      serving.close();
      serving.closeClients();
      serving.waitClosed();
      ofServer.add("closed");
    });

    ofServer.expect("what happens at the server", "connectionMade", "connectionLost", "closed");
    fixture.patience().await("the client must lose the connection", client.lost());
    ofClient.expect("the calls of the client", "connectionMade", "eofReceived", "connectionLost");
  }

  private Transport connect() {
    Transport transport = links.connect(client, server);
    fixture.patience().await("the server's connection must be made", server.made());
    return transport;
  }
}
