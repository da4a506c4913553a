package org.asyncio4j.tck.mutants.tls;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.tls.TlsClientAuthentication;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Requests;
import org.asyncio4j.tck.probe.TlsLinks;

/** Chapter 17: how TLS begins. */
public final class TlsHandshakeMutants extends Defects {

  public TlsHandshakeMutants() {
    names();
    options();
    below();

    defect("17.2", "shows the cipher late").tlsConnections(TlsHandshakeMutants::tellTheCipherLate);

    defect("17.3", "completes the waiter late")
        .also("17.34", "17.35")
        .loop(loop ->
            loop.makeTlsTransport.given(request ->
                request
                    .waiter()
                    .map(waiter -> Requests.withWaiter(request, late(loop, waiter)))
                    .orElse(request)));

    defect("17.30", "goes on with a handshake whose task is cancelled")
        .loop(loop ->
            loop.makeTlsTransport.around((correct, request) ->
                request.waiter().isEmpty()
                    ? correct.call(request)
                    : loop.shown(
                        correct.call(request),
                        it -> it.close.unless(() -> request.waiter().get().isCancelled()))));
  }

  private static void tellTheCipherLate(ConnectionSeams it) {
    long[] end = new long[1];
    it.connectionMade.before(() -> end[0] = it.loop().time() + Duration.ofMillis(20).toNanos());
    it.forget(key -> key == ExtraInfo.CIPHER && it.loop().time() < end[0]);
  }

  private static Promise<Void> late(MutantLoop loop, Promise<Void> waiter) {
    Promise<Void> own = loop.createFuture();
    own.addDoneCallback(done -> {
      if (done.exception().isEmpty()) {
        loop.callLater(Duration.ofMillis(20), () -> MutantLoop.complete(waiter));
      } else if (!waiter.isDone()) {
        waiter.setException(done.exception().orElseThrow());
      }
    });
    return own;
  }

  private void names() {
    defect("17.1", "uses a server name that was not given")
        .loop(loop ->
            loop.withOptions(
                loop.createConnection,
                options ->
                    options
                        .tls()
                        .filter(tls -> tls.serverName().isEmpty())
                        .map(tls -> options.withTls(tls.withServerName("localhost")))
                        .orElse(options)));

    defect("17.5", "verifies no name")
        .loop(loop -> loop.tlsOptions((asked, _) -> asked.withoutHostnameVerification()));

    defect("17.29", "knows one name")
        .loop(
            loop -> loop.tlsOptions((asked, _) -> asked.withContextChooser(_ -> asked.context())));
  }

  private void options() {
    defect("17.4", "trusts the server of the kit in any context")
        .also("17.29")
        .loop(loop ->
            loop.tlsOptions((asked, role) ->
                role == TlsRole.SERVER
                    ? asked
                    : asked.withContext(TlsLinks.context("client", "server"))));

    defect("17.6", "is patient in the handshake")
        .also("17.31")
        .loop(loop ->
            loop.tlsOptions((asked, _) -> asked.withHandshakeLimit(Duration.ofSeconds(60))));

    defect("17.9", "asks for no certificate")
        .loop(loop ->
            loop.tlsOptions(
                (asked, _) -> asked.withClientAuthentication(TlsClientAuthentication.NONE)));

    defect("17.10", "leaves out ALPN")
        .loop(loop -> loop.tlsOptions((asked, _) -> asked.withApplicationProtocols(List.of())));
  }

  private void below() {
    defect("17.7", "swallows an end before anything came")
        .connections(it ->
            beneath(
                it,
                () -> {
                  Flag heard = it.bufferUpdated.called();
                  it.eofReceived.around((correct, _) -> !heard.isSet() || correct.call());
                }));

    defect("17.8", "drops what does not look like TLS")
        .also("17.37")
        .connections(it -> beneath(it, () -> dropWhatIsNoTls(it)));
  }

  private static void beneath(ConnectionSeams it, Runnable script) {
    if (it.user() instanceof BufferedProtocol) {
      script.run();
    }
  }

  private static void dropWhatIsNoTls(ConnectionSeams it) {
    ByteBuffer[] lent = new ByteBuffer[1];
    Flag tlsHeard = new Flag();
    it.getBuffer.returns(buffer -> lent[0] = buffer);
    it.bufferUpdated.before(() -> {
      int first = lent[0].get(lent[0].position());
      if (first >= 20 && first <= 23) {
        tlsHeard.set();
      }
    });
    it.bufferUpdated.onlyIf(tlsHeard);
  }
}
